/**
 * Class-based views: one class for one resource, one method for each request method.
 *
 * Layer 6 (views). Source: Django views/generic/base.py (`View`).
 * Errors: `ImproperlyConfigured` for options that are none, where `asView` is called.
 * Differs from Django: handlers may be synchronous or not, each for itself; a GET handler's HEAD stands in `Allow`, as there.
 *
 *     class Detail extends View {
 *       get(request: HttpRequest, { pk }: { pk: number }): HttpResponse { … }
 *       async post(request: HttpRequest, { pk }: { pk: number }): Promise<HttpResponse> { … }
 *     }
 *     path("<int:pk>/", Detail.asView())
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse, type HttpResponseBase } from "../http/response.ts";
import type { View as ViewFunction } from "../urls/route-params.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";

/** Methods that a class may handle, in the order of `Allow`. */
const HTTP_METHOD_NAMES = [
  "get",
  "post",
  "put",
  "patch",
  "delete",
  "head",
  "options",
  "trace",
] as const;

type MethodName = (typeof HTTP_METHOD_NAMES)[number];

/** The parameters that one handler of a class asks for; the neutral element of `&` where there is none. */
type HandlerParams<V, Name extends MethodName> = V extends {
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever it returns is not asked for: see urls/route-params.ts
  [Key in Name]: (request: never, params: infer P) => any;
}
  ? P
  : unknown;

/** The parameters that a class asks for: all that its handlers do. */
export type ViewParams<V> = (V extends { readonly params: infer P } ? P : unknown) &
  HandlerParams<V, "get"> &
  HandlerParams<V, "post"> &
  HandlerParams<V, "put"> &
  HandlerParams<V, "patch"> &
  HandlerParams<V, "delete"> &
  HandlerParams<V, "head"> &
  HandlerParams<V, "trace">;

/** What `asView` takes: other values for what the class declares. */
export type InitKwargs<V> = Partial<Omit<V, Exclude<keyof View, "httpMethodNames"> | MethodName>>;

/** What `asView` returns: a view, and where it comes from. */
export interface ClassView<V, P> extends ViewFunction<P> {
  readonly viewClass: new () => V;
  readonly viewInitkwargs: object;
  /**
   * The methods that it takes, for lists. Not `methods`, which the resolver would obey: a class answers what it does not
   * take by itself, in `httpMethodNotAllowed` and `options`.
   */
  readonly handledMethods: readonly string[];
}

/**
 * The base of class-based views. Each request gets an instance of its own, so fields may hold what belongs to it.
 * To be provided by subclasses: handlers, `get(request, params)` and so on. May be overridden: `setup`, `dispatch`,
 * `httpMethodNotAllowed`, `options`. The constructor takes nothing; to be configured, a class has fields, for
 * which `asView` takes other values.
 */
export class View<P extends object = Readonly<Record<string, unknown>>> {
  /** Handlers with other names are not called. */
  httpMethodNames: readonly string[] = HTTP_METHOD_NAMES;
  #request: HttpRequest | undefined;
  #params: P | undefined;

  /** The class as a view. `initkwargs` are other values for its fields. */
  static asView<V extends View<object>>(
    this: new () => V,
    initkwargs: InitKwargs<V> = {},
  ): ClassView<V, ViewParams<V>> {
    const make = (): V => Object.assign(new this(), initkwargs);
    checkInitkwargs(this.name, new this(), initkwargs);
    const view = (request: HttpRequest, params: ViewParams<V>): MaybePromise<HttpResponseBase> => {
      const instance = make();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a route's parameters are always an object
      const own = params as object;
      return whenReady(instance.setup(request, own), () => {
        checkSetup(instance);
        return instance.dispatch(request, own);
      });
    };
    Object.defineProperty(view, "name", { value: this.name });
    return Object.assign(view, {
      viewClass: this,
      viewInitkwargs: initkwargs,
      handledMethods: make().allowedMethods(),
    });
  }

  /** What is asked. Throws `ImproperlyConfigured` before `setup`. */
  get request(): HttpRequest {
    if (this.#request === undefined) throw notSetUp(this);
    return this.#request;
  }

  /** What the route captured. */
  get params(): P {
    if (this.#params === undefined) throw notSetUp(this);
    return this.#params;
  }

  /** Called first, for each request. An override calls `super.setup(request, params)`. */
  setup(request: HttpRequest, params: P): MaybePromise<void> {
    this.#request = request;
    this.#params = params;
  }

  /** Calls the handler for the request's method. */
  dispatch(request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    const handler = handlerOf(this, request.method.toLowerCase());
    if (handler === undefined) return this.httpMethodNotAllowed(request, params);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no response is found out by the handler, by name
    return handler.call(this, request, params) as MaybePromise<HttpResponseBase>;
  }

  /** 405, with what is allowed. */
  httpMethodNotAllowed(request: HttpRequest, _params: P): MaybePromise<HttpResponseBase> {
    return methodNotAllowed(request, this.allowedMethods());
  }

  /** What is allowed. */
  options(_request: HttpRequest, _params: P): MaybePromise<HttpResponseBase> {
    return new HttpResponse("", {
      headers: { Allow: this.allowedMethods().join(", "), "Content-Length": 0 },
    });
  }

  /** In upper case. Do not override; `httpMethodNames` may be set. */
  allowedMethods(): string[] {
    return this.httpMethodNames
      .filter((name) => handlerOf(this, name) !== undefined)
      .map((name) => name.toUpperCase());
  }
}

type Handler = (this: unknown, request: HttpRequest, params: unknown) => unknown;

/** RFC 9110 section 9.3.2: who answers GET answers HEAD. */
function handlerOf(view: View<object>, name: string): Handler | undefined {
  if (!view.httpMethodNames.includes(name)) return undefined;
  const own: unknown = Reflect.get(view, name);
  if (isHandler(own)) return own;
  const get: unknown = name === "head" ? Reflect.get(view, "get") : undefined;
  return isHandler(get) ? get : undefined;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function checkInitkwargs(className: string, probe: View<object>, initkwargs: object): void {
  for (const name of Object.keys(initkwargs)) {
    if (probe.httpMethodNames.includes(name) || name === "request" || name === "params") {
      throw new ImproperlyConfigured(
        `The method name ${name} is not accepted as a keyword argument to ${className}.asView().`,
      );
    }
    if (!(name in probe)) {
      throw new ImproperlyConfigured(
        `${className}.asView() received an invalid keyword '${name}'. asView only accepts arguments that are already fields of the class.`,
      );
    }
  }
}

function checkSetup(view: View<object>): void {
  void view.request;
}

function notSetUp(view: View<object>): ImproperlyConfigured {
  return new ImproperlyConfigured(
    `${view.constructor.name} instance has no 'request'. Did you override setup() and forget to call super.setup(request, params)?`,
  );
}
