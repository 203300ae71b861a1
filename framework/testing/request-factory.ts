/**
 * `RequestFactory`: requests to call a view with, without middleware and without a client.
 *
 * Layer 8 (testing). Source: Django test/client.py (`RequestFactory`).
 * `view(new RequestFactory().get("/"), { pk: 3 })`. A view that renders templates needs the application as well:
 * `const factory = await RequestFactory.for(settings)`.
 */
import type { Application, Settings } from "../conf/settings.ts";
import { requestOptions } from "../handlers/request-options.ts";
import { DEFAULT_REQUEST_OPTIONS, type HttpRequest, type RequestOptions } from "../http/request.ts";
import { WSGIRequest } from "../http/wsgi-request.ts";
import { ErrorLog } from "./error-log.ts";
import type { RequestData } from "./request-data.ts";
import { environFor, type SendOptions } from "./request-environ.ts";
import { planRequest, type RequestDefaults, RequestMethods } from "./request-methods.ts";
import { siteFor } from "./site.ts";

export interface RequestFactoryOptions extends RequestDefaults {
  /** What the requests belong to: `request.app`. */
  readonly app?: Application;
}

const WITHOUT_SITE: RequestOptions = { ...DEFAULT_REQUEST_OPTIONS, allowedHosts: ["*"] };

export class RequestFactory extends RequestMethods<SendOptions, HttpRequest> {
  readonly #defaults: RequestFactoryOptions;
  readonly #options: RequestOptions;
  readonly #errors: ErrorLog = new ErrorLog();

  constructor(options: RequestFactoryOptions = {}) {
    super();
    this.#defaults = options;
    this.#options = options.app === undefined ? WITHOUT_SITE : requestOptions(options.app.settings);
  }

  /** A factory whose requests belong to the site of these settings, which is built for it. */
  static async for(settings: Settings, options: RequestDefaults = {}): Promise<RequestFactory> {
    const { app } = await siteFor(settings);
    return new RequestFactory(app === undefined ? options : { ...options, app });
  }

  /** What was written to `wsgi.errors`. */
  get errors(): string {
    return this.#errors.text;
  }

  override generic(
    method: string,
    path: string,
    data?: RequestData,
    options: SendOptions = {},
  ): HttpRequest {
    const plan = planRequest(this.#defaults, { ...options, method, path, data });
    const { environ } = environFor(plan, this.#errors);
    const request = new WSGIRequest(environ, this.#options);
    if (this.#defaults.app !== undefined) request.app = this.#defaults.app;
    return request;
  }
}
