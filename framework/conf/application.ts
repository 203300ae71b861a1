/**
 * What a built application consists of, and the contract of the middleware around its views.
 *
 * Layer 4 (conf). Types only.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import type { URLResolver } from "../urls/resolver.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { Settings } from "./settings.ts";
import type { TemplateEngine } from "./template-engine.ts";

/** A site: everything that is built once from its settings. */
export interface Application {
  readonly settings: Settings;
  readonly resolver: URLResolver;
  readonly templates: TemplateEngine;
}

/** From a request to a response: a view with everything inside of a middleware, or the whole chain. */
export type GetResponse = (request: HttpRequest) => MaybePromise<HttpResponseBase>;

/**
 * A middleware: called once when the application is built, returns what handles each request.
 * It always sees a response from `getResponse`, never an error: those are converted below it.
 */
export type Middleware = (getResponse: GetResponse, app: Application) => GetResponse;

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** The application that handles this request. */
    readonly app: Application;
  }
}
