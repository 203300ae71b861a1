/**
 * The page for a path that does not exist.
 *
 * Layer 6 (views). Pure. Source: Django views/templates/technical_404.html.
 */
import { documentHtml } from "./document.ts";
import type { Serving } from "./error-html.ts";
import { rowsHtml } from "./frames-html.ts";
import { html, type Markup } from "./markup.ts";
import type { NotFoundReport, TriedPattern } from "./not-found-report.ts";
import { DEBUG_STYLE } from "./style.ts";

export function notFoundHtml(report: NotFoundReport, { nonce }: Serving): string {
  const { path, method, reason, suggestions, tried, facts, explanation } = report;
  const body = html`<header id="summary" class="top">
      <div class="wrap">
        <div class="line">
          <span class="status">404</span> <span class="subject">${method} ${path}</span>
        </div>
        <h1>Page not found (404)</h1>
        <p class="message">${reason}</p>
        ${meantHtml(suggestions)}
      </div>
    </header>
    <main id="info" class="wrap">
      ${tried === undefined ? undefined : triedHtml(tried, path)}
      <h2>Request</h2>
      ${rowsHtml(facts)}
    </main>
    <footer id="explanation" class="wrap">${explanation}</footer>`;
  return documentHtml({ title: `Page not found at ${path}`, body, style: DEBUG_STYLE, nonce });
}

function meantHtml(suggestions: readonly string[]): Markup | undefined {
  if (suggestions.length === 0) return undefined;
  const links = suggestions.map((path) => html`<a href="${encodeURI(path)}">${path}</a> `);
  return html`<p class="meant">Did you mean ${links}?</p>`;
}

function triedHtml(tried: readonly TriedPattern[], path: string): Markup {
  if (tried.length === 0)
    return html`<h2>URL patterns</h2>
      <p class="none">There are none.</p>`;
  const items = tried.map(
    (pattern) =>
      html`<li>
        <code>${routesHtml(pattern)}</code>
        ${pattern.label === "" ? undefined : html`<span class="tag">${pattern.label}</span>`}
        <span class="at">${pattern.location}</span>
      </li> `,
  );
  const sentence =
    path === "/"
      ? "The empty path matches none of them"
      : html`The current path, <code>${path.slice(1)}</code>, matches none of them`;
  return html`<h2>URL patterns tried, in this order</h2>
    <ol class="routes">
      ${items}
    </ol>
    <p class="none after">${sentence}.</p>`;
}

/** The levels that matched, then the one that did not; parameters stand out. */
function routesHtml({ routes }: TriedPattern): Markup {
  const levels = routes.map((route, index) => {
    const parts = route
      .split(/(<[^<>]*>)/)
      .map((part) =>
        part.startsWith("<") ? html`<span class="param">${part}</span>` : html`${part}`,
      );
    const text = route === "" ? html`(empty)` : html`${parts}`;
    return index < routes.length - 1 ? html`<span class="fit">${text}</span>` : text;
  });
  return html`${levels.flatMap((level, index) => (index === 0 ? [level] : [html``, level]))}`;
}
