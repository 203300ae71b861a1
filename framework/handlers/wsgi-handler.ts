/**
 * `getWSGIApplication(settings)`: a project as one WSGI application.
 *
 * Layer 7 (handlers). Everything is built once, here; a mistake in the project shows when the
 * application is built and not on the first request.
 * Source: Django core/handlers/wsgi.py (`WSGIHandler`), core/wsgi.py.
 */
import type { Application, GetResponse, Settings } from "../conf/settings.ts";
import { loadURLConfModule } from "../conf/load.ts";
import { logResponse } from "../conf/log-response.ts";
import { setDefaultLog } from "../conf/loggers.ts";
import { hasContent, setContentLength } from "../http/content-length.ts";
import type { HttpRequest, RequestOptions } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { WSGIRequest } from "../http/wsgi-request.ts";
import { requestFinished, requestStarted } from "../signals/core.ts";
import { Templates } from "../templates/engine.ts";
import { setDefaultResolver, withResolver } from "../urls/current-site.ts";
import { URLResolver } from "../urls/resolver.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { Body, Environ, HeaderList, StartResponse, WSGIApplication } from "../wsgi.ts";
import { composeChain, markAnswered } from "./chain.ts";
import { responseForException } from "./exception-response.ts";
import { requestOptions } from "./request-options.ts";
import { prepareRequest } from "./view.ts";

/** Builds the application and its middleware chain. Rejects with `ImproperlyConfigured`. */
export async function getWSGIApplication(settings: Settings): Promise<WSGIApplication> {
  return toWSGIApplication(await buildApplication(settings));
}

/** What is built from settings: URLconf and template engine. System checks look at it. */
export async function buildApplication(settings: Settings): Promise<Application> {
  const urlconf = await loadURLConfModule(settings);
  const resolver = new URLResolver(urlconf.urlpatterns);
  setDefaultResolver(resolver, settings.FORCE_SCRIPT_NAME ?? "");
  setDefaultLog(settings);
  const templates = new Templates(settings, resolver);
  return { settings, resolver, templates, urlconf };
}

/** Puts the middleware around it, and makes it callable for a server. */
export function toWSGIApplication(app: Application): WSGIApplication {
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

  /** Throws and rejects only with DEBUG_PROPAGATE_EXCEPTIONS, and when a receiver of `requestStarted` throws. */
  handle(environ: Environ, startResponse: StartResponse): Body | Promise<Body> {
    requestStarted.send({ environ });
    const request = prepareRequest(new WSGIRequest(environ, this.#options), this.#app);
    let response: MaybePromise<HttpResponseBase>;
    try {
      response = withResolver(this.#app.resolver, () => this.#chain(request), request);
    } catch (error) {
      return abandon(request, error);
    }
    if (!isPromise(response)) return this.#send(response, request, startResponse);
    return response.then(
      (ready) => this.#send(ready, request, startResponse),
      (error: unknown) => abandon(request, error),
    );
  }

  #send(
    response: HttpResponseBase,
    request: HttpRequest,
    startResponse: StartResponse,
  ): Body | Promise<Body> {
    let body: Body | Promise<Body>;
    try {
      response.signCookies(this.#options.cookieSigning);
      body = response.bodyFor(request.META);
    } catch (error) {
      return this.#sendInstead(response, error, request, startResponse);
    }
    if (!isPromise(body)) return start(response, body, request, startResponse);
    return body.then(
      (ready) => start(response, ready, request, startResponse),
      async (error: unknown) => await this.#sendInstead(response, error, request, startResponse),
    );
  }

  /** A body that cannot be had (a file that was just removed, say) is an error like one of the view. */
  async #sendInstead(
    response: HttpResponseBase,
    error: unknown,
    request: HttpRequest,
    startResponse: StartResponse,
  ): Promise<Body> {
    await response.close();
    let instead: HttpResponseBase;
    let body: Body;
    try {
      instead = await responseForException(request, error, this.#app);
      body = await instead.bodyFor(request.META);
    } catch (insteadError) {
      return abandon(request, insteadError);
    }
    return start(instead, body, request, startResponse);
  }
}

/** The end of a request that gets no response of ours: what it holds is let go of, and its error goes on. */
function abandon(request: HttpRequest, error: unknown): never {
  void whenReady(request.close(), () => finish(request));
  throw error;
}

/** A response that the server refuses is closed here: the server never sees its body. */
function start(
  response: HttpResponseBase,
  body: Body,
  request: HttpRequest,
  startResponse: StartResponse,
): Body {
  markAnswered(request);
  if (response.status >= 400) logResponse(response.reason, { request, response });
  response.onClose(() => whenReady(request.close(), () => finish(request)));
  try {
    startResponse(`${response.status} ${response.reason}`, headersOf(response));
  } catch (error) {
    void response.close();
    throw error;
  }
  return body;
}

/** Nobody is left whom a receiver's error could be told, but the log. */
function finish(request: HttpRequest): void {
  requestFinished.sendRobust({ environ: request.META });
}

function headersOf(response: HttpResponseBase): HeaderList {
  setContentLength(response);
  if (!hasContent(response.status)) response.headers.delete("Content-Type");
  const headers: [string, string][] = [...response.headers];
  for (const cookie of response.cookies.values()) headers.push(["Set-Cookie", cookie]);
  return headers;
}
