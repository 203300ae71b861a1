/**
 * The page for a path that does not exist.
 *
 * Layer 6 (views). Pure. Source: Django views/templates/technical_404.html.
 */
import { documentHtml } from "./document.ts";
import type { Serving } from "./error-html.ts";
import { rowsHtml } from "./frames-html.ts";
import { markup, type Markup } from "./markup.ts";
import type { NotFoundReport, TriedPattern } from "./not-found-report.ts";
import { DEBUG_STYLE } from "./style.ts";

export function notFoundHtml(report: NotFoundReport, { nonce }: Serving): string {
  const { path, method, reason, suggestions, tried, facts, explanation } = report;
  const body = markup`<header id="summary" class="top lost">
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
    <footer id="explanation" class="wrap"><p>${explanation}</p></footer>`;
  return documentHtml({ title: `Page not found at ${path}`, body, style: DEBUG_STYLE, nonce });
}

function meantHtml(suggestions: readonly string[]): Markup | undefined {
  if (suggestions.length === 0) return undefined;
  const links = suggestions.map((path, index) => {
    const before = index === 0 ? "" : index === suggestions.length - 1 ? " or " : ", ";
    return markup`${before}<a href="${encodeURI(path)}">${path}</a>`;
  });
  return markup`<p class="meant">Did you mean ${links}?</p>`;
}

function triedHtml(tried: readonly TriedPattern[], path: string): Markup {
  if (tried.length === 0)
    return markup`<h2>URL patterns</h2>
      <p class="none">There are none.</p>`;
  const items = tried.map(
    (pattern) =>
      markup`<li>
        <code>${routesHtml(pattern)}</code>
        ${pattern.label === "" ? undefined : markup`<span class="tag">${pattern.label}</span>`}
        <span class="at">${pattern.location}</span>
      </li> `,
  );
  const sentence =
    path === "/"
      ? "The empty path matches none of them"
      : markup`The current path, <code>${path.slice(1)}</code>, matches none of them`;
  return markup`<h2>URL patterns tried, in this order</h2>
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
        part.startsWith("<") ? markup`<span class="param">${part}</span>` : markup`${part}`,
      );
    const text = route === "" ? markup`(empty)` : markup`${parts}`;
    return index < routes.length - 1 ? markup`<span class="fit">${text}</span>` : text;
  });
  return markup`${levels.flatMap((level, index) => (index === 0 ? [level] : [" ", level]))}`;
}
