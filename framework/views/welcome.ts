/**
 * What a new project shows until it has its first URL pattern.
 *
 * Layer 6 (views). Source: Django views/debug.py (`default_urlconf`).
 */
import { HttpResponse } from "../http/response.ts";
import { htmlPage } from "./html-page.ts";

const EXAMPLE = `import { path } from "minorswing/urls";
import { hello } from "./views.ts";

export const urlpatterns = [
  path("hello/&lt;str:name&gt;/", hello, { name: "hello" }),
] as const;`;

/** The welcome page; shown at every path while DEBUG is on and `urlpatterns` is empty. */
export function welcome(): HttpResponse {
  const body = `<h1>It swings.</h1>
<p class="lead">The install worked: minorswing serves your project, and it has no URL patterns yet.</p>
<h2>Your first page</h2>
<ol>
<li>Open <code>views.ts</code>: a view with a parameter stands there, commented out.</li>
<li>Give it a URL in <code>urls.ts</code>:
<pre>${EXAMPLE}</pre></li>
<li>Save, then open <a href="/hello/Django/">/hello/Django/</a>.</li>
</ol>
<footer>You see this page because <code>DEBUG</code> is true in the settings and <code>urlpatterns</code> is empty.</footer>`;
  return new HttpResponse(htmlPage("minorswing: the install worked", body));
}
