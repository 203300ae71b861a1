/**
 * The hooks of all middleware that concern the view, in the order in which they are called.
 *
 * Layer 7 (handlers). Errors: `ImproperlyConfigured` for a hook that returns something else than it may.
 * Source: Django core/handlers/base.py (`_view_middleware` and its siblings).
 */
import type { MiddlewareHooks } from "../conf/settings.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseBase } from "../http/response.ts";
import type { View } from "../urls/route-params.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { noResponse } from "../views/no-response.ts";
import type { BuiltMiddleware } from "./middleware.ts";
import { orClosed } from "./rendering.ts";

type Params = Readonly<Record<string, unknown>>;

/** A hook and what to call it in a message. */
interface Named<Hook> {
  readonly name: string;
  readonly hook: Hook;
}

export class ViewHooks {
  /** Outermost first. */
  readonly #view: Named<NonNullable<MiddlewareHooks["processView"]>>[] = [];
  /** Innermost first. */
  readonly #exception: Named<NonNullable<MiddlewareHooks["processException"]>>[] = [];
  /** Innermost first. */
  readonly #template: Named<NonNullable<MiddlewareHooks["processTemplateResponse"]>>[] = [];

  /** Called for the innermost middleware first. */
  addOuter({ name, hooks }: BuiltMiddleware): void {
    if (hooks.processView !== undefined)
      this.#view.unshift({ name: `${name}.processView`, hook: hooks.processView.bind(hooks) });
    if (hooks.processException !== undefined)
      this.#exception.push({
        name: `${name}.processException`,
        hook: hooks.processException.bind(hooks),
      });
    if (hooks.processTemplateResponse !== undefined)
      this.#template.push({
        name: `${name}.processTemplateResponse`,
        hook: hooks.processTemplateResponse.bind(hooks),
      });
  }

  get hasViewHooks(): boolean {
    return this.#view.length > 0;
  }

  get hasExceptionHooks(): boolean {
    return this.#exception.length > 0;
  }

  /** The first response that a `processView` returns. */
  processView(
    request: HttpRequest,
    view: View,
    params: Params,
  ): MaybePromise<HttpResponseBase | undefined> {
    return firstResponse(this.#view, (hook) => hook(request, view, params));
  }

  /** The first response that a `processException` returns. */
  processException(
    request: HttpRequest,
    error: unknown,
  ): MaybePromise<HttpResponseBase | undefined> {
    return firstResponse(this.#exception, (hook) => hook(request, error));
  }

  /** What every `processTemplateResponse` in turn made of `response`. When one fails, nothing stays open. */
  processTemplateResponse(
    request: HttpRequest,
    response: HttpResponseBase,
    from: number = 0,
  ): MaybePromise<HttpResponseBase> {
    const named = this.#template[from];
    if (named === undefined) return response;
    return orClosed(response, () =>
      whenReady<unknown, HttpResponseBase>(named.hook(request, response), (value) =>
        this.processTemplateResponse(request, responseOf(named.name, value), from + 1),
      ),
    );
  }
}

/** Waits only for a hook that has to be waited for. */
function firstResponse<Hook>(
  hooks: readonly Named<Hook>[],
  call: (hook: Hook) => unknown,
  from: number = 0,
): MaybePromise<HttpResponseBase | undefined> {
  for (let index = from; index < hooks.length; index += 1) {
    const named = hooks[index];
    if (named === undefined) continue;
    const returned = call(named.hook);
    if (isPromise(returned)) {
      return returned.then((late) =>
        isNothing(late) ? firstResponse(hooks, call, index + 1) : responseOf(named.name, late),
      );
    }
    if (!isNothing(returned)) return responseOf(named.name, returned);
  }
  return undefined;
}

/** A hook that has nothing to say returns nothing; projects without types write that as null too. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function responseOf(name: string, value: unknown): HttpResponseBase {
  if (value instanceof HttpResponseBase) return value;
  throw noResponse(name, value);
}
