/**
 * The document around the framework's own pages.
 *
 * Layer 6 (views). Pure. Style and script stand in the page, marked with the request's nonce where there is one.
 */
import { markup, type Markup, trusted } from "./markup.ts";

export interface PageOptions {
  readonly title: string;
  /** Everything inside of `<body>`. */
  readonly body: Markup;
  /** A constant: not escaped. */
  readonly style: string;
  /** An address; without one the browser asks the site for it. */
  readonly icon?: string;
  /** A constant: not escaped. */
  readonly script?: string;
  /** What the site's Content-Security-Policy marks its own scripts and styles with. */
  readonly nonce?: string | undefined;
}

export function documentHtml({ title, body, style, icon, script, nonce }: PageOptions): string {
  const attribute = nonce === undefined ? undefined : markup` nonce="${nonce}"`;
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>${icon === undefined ? undefined : markup`\n<link rel="icon" href="${icon}">`}
<style${attribute}>${trusted(style)}</style>
</head>
<body>
${body}
${script === undefined ? undefined : markup`<script${attribute}>${trusted(script)}</script>`}
</body>
</html>
`;
  return page.text;
}
