/**
 * `getWSGIApplication(settings)`: a project as one WSGI application.
 *
 * Layer 7 (handlers). Everything is built once, here; a mistake in the project shows when the
 * application is built and not on the first request.
 * Source: Django core/handlers/wsgi.py (`WSGIHandler`), core/wsgi.py.
 */
import type { Application, GetResponse, Settings } from "../conf/settings.ts";
import { loadURLConf } from "../conf/load.ts";
import type { HttpRequest, RequestOptions } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { HttpResponse } from "../http/response.ts";
import { WSGIRequest } from "../http/wsgi-request.ts";
import { requestFinished, requestStarted } from "../signals/core.ts";
import { Templates } from "../templates/engine.ts";
import { setDefaultResolver, withResolver } from "../urls/reverse.ts";
import { isPromise, whenReady } from "../utils/maybe-promise.ts";
import type { Body, Environ, HeaderList, StartResponse, WSGIApplication } from "../wsgi.ts";
import { composeChain } from "./chain.ts";
import { responseForException } from "./exception-response.ts";
import { requestOptions } from "./request-options.ts";
import { prepareRequest } from "./view.ts";

/** Builds the application: URLconf, template engine, middleware chain. Rejects with `ImproperlyConfigured`. */
export async function getWSGIApplication(settings: Settings): Promise<WSGIApplication> {
  const resolver = await loadURLConf(settings);
  setDefaultResolver(resolver);
  const templates = new Templates(settings.TEMPLATES, { debug: settings.DEBUG, resolver });
  const app: Application = { settings, resolver, templates };
  const handler = new WSGIHandler(app);
  const application: WSGIApplication = (environ, startResponse) =>
    handler.handle(environ, startResponse);
  // For whoever serves it and knows more than a server has to.
  return Object.assign(application, { app });
}

/** Answers WSGI calls for one application. */
export class WSGIHandler {
  readonly #app: Application;
  readonly #chain: GetResponse;
  readonly #options: RequestOptions;

  constructor(app: Application) {
    this.#app = app;
    this.#chain = composeChain(app);
    this.#options = requestOptions(app.settings);
  }

  handle(environ: Environ, startResponse: StartResponse): Body | Promise<Body> {
    requestStarted.send({ environ });
    const request = prepareRequest(new WSGIRequest(environ, this.#options), this.#app);
    const response = withResolver(this.#app.resolver, () => this.#chain(request));
    return whenReady(response, (ready) => this.#send(ready, request, startResponse));
  }

  #send(
    response: HttpResponseBase,
    request: HttpRequest,
    startResponse: StartResponse,
  ): Body | Promise<Body> {
    response.signCookies(this.#options.cookieSigning);
    const body = response.bodyFor(request.META);
    return isPromise(body)
      ? this.#sendLater(response, body, request, startResponse)
      : start(response, body, request, startResponse);
  }

  /** A body that cannot be had (a file that was just removed, say) is an error like one of the view. */
  async #sendLater(
    response: HttpResponseBase,
    coming: Promise<Body>,
    request: HttpRequest,
    startResponse: StartResponse,
  ): Promise<Body> {
    let body: Body;
    try {
      body = await coming;
    } catch (error) {
      await response.close();
      const instead = responseForException(request, error, this.#app);
      return start(instead, instead, request, startResponse);
    }
    return start(response, body, request, startResponse);
  }
}

/** A response that the server refuses is closed here: the server never sees its body. */
function start(
  response: HttpResponseBase,
  body: Body,
  request: HttpRequest,
  startResponse: StartResponse,
): Body {
  response.onClose(() =>
    whenReady(request.close(), () => requestFinished.send({ environ: request.META })),
  );
  try {
    startResponse(`${response.status} ${response.reason}`, headersOf(response));
  } catch (error) {
    void response.close();
    throw error;
  }
  return body;
}

function headersOf(response: HttpResponseBase): HeaderList {
  if (response instanceof HttpResponse && hasContent(response.status)) {
    response.headers.setDefault("Content-Length", response.content.byteLength);
  }
  if (!hasContent(response.status)) response.headers.delete("Content-Type");
  const headers: [string, string][] = [...response.headers];
  for (const cookie of response.cookies.values()) headers.push(["Set-Cookie", cookie]);
  return headers;
}

/** RFC 9110 sections 8.6 and 15: 1xx, 204 and 304 have no content, so neither length nor type. */
function hasContent(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}
