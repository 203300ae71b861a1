/**
 * `getWSGIApplication(settings)`: a project as one WSGI application.
 *
 * Layer 7 (handlers). Everything is built once, here; a mistake in the project shows when the
 * application is built and not on the first request.
 * Source: Django core/handlers/wsgi.py (`WSGIHandler`), core/wsgi.py.
 */
import type { Application, GetResponse, Settings } from "../conf/settings.ts";
import { loadURLConf } from "../conf/load.ts";
import type { RequestOptions } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { HttpResponse } from "../http/response.ts";
import { WSGIRequest } from "../http/wsgi-request.ts";
import { requestFinished, requestStarted } from "../signals/core.ts";
import { Templates } from "../templates/engine.ts";
import { setDefaultResolver, withResolver } from "../urls/reverse.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import type { Body, Environ, StartResponse, WSGIApplication } from "../wsgi.ts";
import { composeChain } from "./chain.ts";
import { prepareRequest } from "./view.ts";

/** Builds the application: URLconf, template engine, middleware chain. Rejects with `ImproperlyConfigured`. */
export async function getWSGIApplication(settings: Settings): Promise<WSGIApplication> {
  const resolver = await loadURLConf(settings);
  setDefaultResolver(resolver);
  const templates = new Templates(settings.TEMPLATES, { debug: settings.DEBUG, resolver });
  const handler = new WSGIHandler({ settings, resolver, templates });
  return (environ, startResponse) => handler.handle(environ, startResponse);
}

/** Answers WSGI calls for one application. */
export class WSGIHandler {
  readonly #app: Application;
  readonly #chain: GetResponse;
  readonly #options: RequestOptions;

  constructor(app: Application) {
    this.#app = app;
    this.#chain = composeChain(app);
    this.#options = {
      debug: app.settings.DEBUG,
      allowedHosts: app.settings.ALLOWED_HOSTS,
      forceScriptName: app.settings.FORCE_SCRIPT_NAME,
      useXForwardedHost: app.settings.USE_X_FORWARDED_HOST,
      useXForwardedPort: app.settings.USE_X_FORWARDED_PORT,
      secureProxySslHeader: app.settings.SECURE_PROXY_SSL_HEADER,
      maxMemorySize: app.settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
      maxFields: app.settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    };
  }

  handle(environ: Environ, startResponse: StartResponse): Body | Promise<Body> {
    requestStarted.send({ environ });
    const request = prepareRequest(new WSGIRequest(environ, this.#options), this.#app);
    const response = withResolver(this.#app.resolver, () => this.#chain(request));
    return whenReady(response, (ready) => start(ready, environ, startResponse));
  }
}

function start(response: HttpResponseBase, environ: Environ, startResponse: StartResponse): Body {
  response.onClose(() => requestFinished.send({ environ }));
  if (response instanceof HttpResponse && hasContent(response.status)) {
    response.headers.setDefault("Content-Length", response.content.byteLength);
  }
  if (!hasContent(response.status)) response.headers.delete("Content-Type");
  const headers: [string, string][] = [...response.headers];
  for (const cookie of response.cookies.values()) headers.push(["Set-Cookie", cookie]);
  startResponse(`${response.status} ${response.reason}`, headers);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every concrete response is iterable one way or the other
  return response as HttpResponseBase & Body;
}

/** RFC 9110 sections 8.6 and 15: 1xx, 204 and 304 have no content, so neither length nor type. */
function hasContent(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}
