/**
 * Responses that are rendered after the view: `TemplateResponse` and whatever looks like one.
 *
 * Layer 7 (handlers). Known by their members, so that this layer need not know which of them exist.
 * Source: Django core/handlers/base.py (`_get_response`), template/response.py.
 */
import { HttpResponseBase } from "../http/response.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { noResponse } from "../views/no-response.ts";

export interface RenderableResponse extends HttpResponseBase {
  readonly isRendered: boolean;
  /** Makes the content; called once. */
  render(): unknown;
}

/** True for a response that has no content before it is rendered. */
export function isUnrendered(response: HttpResponseBase): response is RenderableResponse {
  return (
    "isRendered" in response &&
    response.isRendered === false &&
    "render" in response &&
    typeof response.render === "function"
  );
}

/** Renders what is to be rendered. A response that fails to render is closed. */
export function rendered(response: HttpResponseBase): MaybePromise<HttpResponseBase> {
  if (!isUnrendered(response)) return response;
  return orClosed(response, () => whenReady(response.render(), (value) => result(response, value)));
}

/** Runs `step`, and closes `response` when it fails: nobody else will. */
export function orClosed<Value>(
  response: HttpResponseBase,
  step: () => MaybePromise<Value>,
): MaybePromise<Value> {
  const close = (error: unknown): never => {
    void response.close();
    throw error;
  };
  try {
    const value = step();
    return isPromise(value) ? value.then(undefined, close) : value;
  } catch (error) {
    return close(error);
  }
}

function result(response: RenderableResponse, value: unknown): HttpResponseBase {
  if (value instanceof HttpResponseBase) return value;
  throw noResponse(`${response.constructor.name}.render`, value);
}
