/**
 * Wrapping a view: what every decorator of views is made of.
 *
 * Layer 6 (views). Pure. Source: Python functools (`wraps`), as Django's views/decorators use it.
 */
import type { HttpRequest } from "../http/request.ts";
import { HttpResponseBase } from "../http/response.ts";
import type { View } from "../urls/route-params.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";

/** What makes a new view out of one; the type of its parameters stays. */
export type ViewDecorator = <P>(view: View<P>) => View<P>;

/** Changes a response, or puts another one in its place. */
export type ResponseChange = (
  response: HttpResponseBase,
  request: HttpRequest,
) => MaybePromise<HttpResponseBase>;

/** A function's own properties that belong to the function itself. */
const OWN_OF_FUNCTION: ReadonlySet<PropertyKey> = new Set([
  "length",
  "prototype",
  "arguments",
  "caller",
]);

/**
 * `wrapper` in the place of `view`: it gets the view's name, for messages and stacks, and the properties that mark the
 * view (`methods`, `csrfExempt`, `shouldAppendSlash`, `viewClass` …), so that they survive any number of decorators
 * in any order. `marks` are more properties, which count more than those of the view.
 */
export function wrapView<P>(
  view: View<P>,
  wrapper: View<P>,
  marks: Readonly<Record<string, unknown>> = {},
): View<P> {
  for (const key of Reflect.ownKeys(view)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(view, key);
    if (descriptor !== undefined && !OWN_OF_FUNCTION.has(key))
      Object.defineProperty(wrapper, key, descriptor);
  }
  return Object.assign(wrapper, marks);
}

/** The same view with marks; the view that was given stays as it is, since it may stand at another URL as well. */
export function markView<P>(view: View<P>, marks: Readonly<Record<string, unknown>>): View<P> {
  return wrapView(view, (request, params) => view(request, params), marks);
}

/** A view whose responses go through `change`. What is no response goes on as it is: the handler says so, by name. */
export function changeResponse<P>(view: View<P>, change: ResponseChange): View<P> {
  return wrapView(view, (request, params) =>
    whenReady<unknown, unknown>(view(request, params), (response) =>
      response instanceof HttpResponseBase ? change(response, request) : response,
    ),
  );
}
