/**
 * Decorators: a middleware around a single view.
 *
 * Layer 6 (views). Source: Django utils/decorators.py (`decorator_from_middleware`).
 * The middleware is built on the first request of each application, and reads that one's settings.
 * Errors: `ImproperlyConfigured` for a middleware that is none, or a view that returns no response.
 */
import type { Application, GetResponse, Middleware, MiddlewareHooks } from "../../conf/settings.ts";
import { MiddlewareNotUsed } from "../../exceptions.ts";
import type { HttpRequest } from "../../http/request.ts";
import { HttpResponseBase } from "../../http/response.ts";
import { instantiate } from "../../middleware/instance.ts";
import type { View } from "../../urls/route-params.ts";
import { isPromise, type MaybePromise, whenReady } from "../../utils/maybe-promise.ts";
import { noResponse } from "../no-response.ts";
import { whenRendered, type ViewDecorator, wrapView } from "../wrap-view.ts";

/** The view inside of the middleware, all hooks included: `withMiddleware(serverTiming, view)`. */
export function withMiddleware<P>(middleware: Middleware, view: View<P>): View<P> {
  const built = new WeakMap<Application, ViewInMiddleware<P> | undefined>();
  return wrapView<P>(view, (request, params) => {
    const { app } = request;
    if (!built.has(app)) built.set(app, build(middleware, view, app));
    const inside = built.get(app);
    return inside === undefined ? view(request, params) : inside.call(request, params);
  });
}

/** A decorator out of a middleware. */
export function decoratorFromMiddleware(middleware: Middleware): ViewDecorator {
  return (view) => withMiddleware(middleware, view);
}

/** `undefined` for a middleware that does not want to be used. */
function build<P>(
  middleware: Middleware,
  view: View<P>,
  app: Application,
): ViewInMiddleware<P> | undefined {
  try {
    return new ViewInMiddleware(middleware, view, app);
  } catch (error) {
    if (error instanceof MiddlewareNotUsed) return undefined;
    throw error;
  }
}

class ViewInMiddleware<P> {
  readonly #view: View<P>;
  readonly #handle: GetResponse;
  readonly #hooks: MiddlewareHooks;
  /** What the view will be called with, while the middleware has the request. */
  readonly #params: WeakMap<HttpRequest, P & object> = new WeakMap<HttpRequest, P & object>();

  constructor(middleware: Middleware, view: View<P>, app: Application) {
    this.#view = view;
    const inner: GetResponse = (request) => this.#inner(request);
    const instance = instantiate(middleware, inner, app);
    this.#hooks = instance;
    this.#handle = typeof instance === "function" ? instance : (request) => this.#around(request);
  }

  call(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    if (typeof params === "object" && params !== null) this.#params.set(request, params);
    return this.#handle(request);
  }

  #around(request: HttpRequest): MaybePromise<HttpResponseBase> {
    const hooks = this.#hooks;
    const change = whenRendered(
      (response) => hooks.processResponse?.(request, response) ?? response,
    );
    return whenReady(
      whenReady(hooks.processRequest?.(request), (early) => early ?? this.#inner(request)),
      (response) => change(response, request),
    );
  }

  #inner(request: HttpRequest): MaybePromise<HttpResponseBase> {
    const hooks = this.#hooks;
    const params = this.#params.get(request);
    const early = hooks.processView?.(request, this.#view, { ...params });
    return whenReady(early, (response) => {
      if (response !== undefined) return response;
      return whenReady(this.#rescued(request, params), (made) => this.#unrendered(request, made));
    });
  }

  #rescued(request: HttpRequest, params: (P & object) | undefined): MaybePromise<HttpResponseBase> {
    const rescue = (error: unknown): MaybePromise<HttpResponseBase> =>
      whenReady(this.#hooks.processException?.(request, error), (response) => {
        if (response === undefined) throw error;
        return response;
      });
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no object was no parameters
      const returned: unknown = this.#view(request, params as P);
      const checked = whenReady(returned, (value) => this.#checked(value));
      return isPromise(checked) ? checked.catch(rescue) : checked;
    } catch (error) {
      return rescue(error);
    }
  }

  #unrendered(request: HttpRequest, response: HttpResponseBase): MaybePromise<HttpResponseBase> {
    const isLazy = "isRendered" in response && response.isRendered === false;
    return (
      (isLazy ? this.#hooks.processTemplateResponse?.(request, response) : response) ?? response
    );
  }

  #checked(value: unknown): HttpResponseBase {
    if (value instanceof HttpResponseBase) return value;
    throw noResponse(`The view ${this.#view.name || "(anonymous)"}`, value);
  }
}
