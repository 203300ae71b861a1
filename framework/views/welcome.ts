/**
 * What a new project shows until it has its first URL pattern.
 *
 * Layer 6 (views). Source: Django views/debug.py (`default_urlconf`).
 */
import type { HttpResponse } from "../http/response.ts";
import { documentHtml } from "./debug/document.ts";
import { highlightLines } from "./debug/highlight.ts";
import { markup, trusted } from "./debug/markup.ts";
import { debugResponse } from "./debug/respond.ts";
import { DEBUG_STYLE } from "./debug/style.ts";

const EXAMPLE = `import { path } from "minorswing/urls";
import { hello } from "./views.ts";

export const urlpatterns = [
  path("hello/<str:name>/", hello, { name: "hello" }),
] as const;`;

const TEMPLATE = `{% extends "base.html" %}
{% block title %}Hello{% endblock %}
{% block content %}<h1>Hello, {{ name }}!</h1>{% endblock %}
`;

/** Two eighth notes, the second a little late. */
const NOTES = `<svg class="notes" viewBox="0 0 56 56" fill="currentColor" role="img" aria-label="Two swung eighth notes">
<ellipse cx="12" cy="44" rx="8.5" ry="6.2" transform="rotate(-22 12 44)"/><ellipse cx="40" cy="40" rx="8.5" ry="6.2" transform="rotate(-22 40 40)"/>
<path d="M17.2 42V13.5L49.2 7v31h-3.6V17.4L20.8 22.5V42z"/></svg>`;

const ICON = `data:image/svg+xml,${encodeURIComponent(NOTES.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" color="#1a8a80"'))}`;

/** The welcome page; shown at every path while DEBUG is on and `urlpatterns` is empty. `nonce` is that of the request. */
export function welcome(nonce?: string): HttpResponse {
  const example = highlightLines(EXAMPLE.split("\n"), { line: 0, column: undefined });
  const body = markup`<header class="top calm">
      <div class="wrap">
        ${trusted(NOTES)}
        <h1>It swings.</h1>
        <p class="message">The install worked.</p>
        <p class="lead">minorswing serves your project, and it has no URL patterns yet.</p>
      </div>
    </header>
    <main class="wrap">
      <h2>Your first page</h2>
      <ol class="steps">
        <li>Open <code>views.ts</code>: a first view stands there. Remove its slashes.</li>
        <li>
          Its page is a template, <code>templates/hello.html</code>:
          <pre tabindex="0">${TEMPLATE}</pre>
        </li>
        <li>
          Give it a URL in <code>urls.ts</code>:
          <pre tabindex="0">${example.flatMap((line) => [line, "\n"])}</pre>
        </li>
        <li>
          Save, then open <a href="/hello/Django/">/hello/Django/</a>. It follows every save from now on.
        </li>
      </ol>
    </main>
    <footer class="wrap">
      <p>
        You see this page because <code>DEBUG</code> is true in the settings and
        <code>urlpatterns</code> is empty.
      </p>
    </footer>`;
  const text = documentHtml({
    title: "minorswing: the install worked",
    body,
    style: DEBUG_STYLE,
    icon: ICON,
    nonce,
  });
  return debugResponse(text, "text/html; charset=utf-8", 200);
}
