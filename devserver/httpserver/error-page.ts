/**
 * The page for a request that the server itself refuses.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`DEFAULT_ERROR_MESSAGE`).
 */
import { escapeHtml } from "./escape-html.ts";
import { escapeForLog } from "./log-escape.ts";

export const DEFAULT_ERROR_CONTENT_TYPE = "text/html; charset=utf-8";

/** `%(code)d`, `%(message)s` and `%(explain)s` are filled in, escaped for HTML; `%%` is `%`. */
export const DEFAULT_ERROR_MESSAGE = `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)d - %(explain)s.</p>
    </body>
</html>
`;

export interface ErrorDetails {
  readonly code: number;
  readonly message: string;
  /** A sentence about the code. */
  readonly explain: string;
}

/** `format` with its details filled in. */
export function errorPage(details: ErrorDetails, format: string = DEFAULT_ERROR_MESSAGE): Buffer {
  const texts: Readonly<Record<string, string>> = {
    "%%": "%",
    "%(code)d": String(details.code),
    "%(message)s": escapeHtml(escapeForLog(details.message)),
    "%(explain)s": escapeHtml(details.explain),
  };
  return Buffer.from(
    format.replaceAll(
      /%(?:%|\(code\)d|\(message\)s|\(explain\)s)/g,
      (placeholder) => texts[placeholder] ?? "",
    ),
  );
}
