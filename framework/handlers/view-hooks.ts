/**
 * The hooks of all middleware that concern the view, in the order in which they are called.
 *
 * Layer 7 (handlers). Source: Django core/handlers/base.py (`_view_middleware` and its siblings).
 */
import type { MiddlewareHooks } from "../conf/settings.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseBase } from "../http/response.ts";
import type { View } from "../urls/route-params.ts";
import { isPromise, type MaybePromise } from "../utils/maybe-promise.ts";
import type { BuiltMiddleware } from "./middleware.ts";

type Params = Readonly<Record<string, unknown>>;
type Step = () => MaybePromise<HttpResponseBase | undefined>;

export class ViewHooks {
  /** Outermost first. */
  readonly #view: NonNullable<MiddlewareHooks["processView"]>[] = [];
  /** Innermost first. */
  readonly #exception: NonNullable<MiddlewareHooks["processException"]>[] = [];
  /** Innermost first, with the names of their middleware. */
  readonly templateResponse: {
    readonly name: string;
    readonly hook: NonNullable<MiddlewareHooks["processTemplateResponse"]>;
  }[] = [];

  /** Called for the innermost middleware first. */
  addOuter({ name, hooks }: BuiltMiddleware): void {
    if (hooks.processView !== undefined) this.#view.unshift(hooks.processView.bind(hooks));
    if (hooks.processException !== undefined)
      this.#exception.push(hooks.processException.bind(hooks));
    if (hooks.processTemplateResponse !== undefined)
      this.templateResponse.push({ name, hook: hooks.processTemplateResponse.bind(hooks) });
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
    return firstResponse(this.#view.map((hook) => () => hook(request, view, params)));
  }

  /** The first response that a `processException` returns. */
  processException(
    request: HttpRequest,
    error: unknown,
  ): MaybePromise<HttpResponseBase | undefined> {
    return firstResponse(this.#exception.map((hook) => () => hook(request, error)));
  }
}

/** Waits only for a step that has to be waited for. */
function firstResponse(
  steps: readonly Step[],
  from: number = 0,
): MaybePromise<HttpResponseBase | undefined> {
  for (let index = from; index < steps.length; index += 1) {
    const returned = steps[index]?.();
    if (isPromise(returned))
      return returned.then((late) => late ?? firstResponse(steps, index + 1));
    if (returned instanceof HttpResponseBase) return returned;
  }
  return undefined;
}
