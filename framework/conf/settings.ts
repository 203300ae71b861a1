/**
 * The settings of a site and what is built from them. These types stand together because they refer to each other:
 * settings list middleware, a middleware is given its application, an application has settings. The settings of
 * one subject have their types, defaults and checks in a file of sections/.
 *
 * Layer 4 (conf). Types only. Names are Django's, so that its documentation still helps.
 * Source: Django conf/global_settings.py. Differences stand in docs/differences-from-django.md.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import type { URLEntry } from "../urls/pattern.ts";
import type { View } from "../urls/route-params.ts";
import type { URLResolver } from "../urls/resolver.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { DebuggingSettings } from "./sections/debugging.ts";
import type { DeploymentSettings } from "./sections/deployment.ts";
import type { LoggingSettings } from "./sections/logging.ts";
import type { MiddlewareSettings } from "./sections/middleware.ts";
import type { UploadSettings } from "./sections/uploads.ts";
import type { TemplateEngine, TemplateSettings } from "./template-engine.ts";

/** Answers a request that ended in an error: `handler404 = (request, error) => …` in the root URLconf. */
export type ErrorHandler = (request: HttpRequest, error: unknown) => MaybePromise<HttpResponseBase>;

/** What a URLconf module exports. Error handlers count in the root URLconf, and in the one that a request was given. */
export interface URLConf {
  readonly urlpatterns: readonly URLEntry[];
  /** Bad requests; `error.status` may be more precise (413, say). @default `badRequest` of minorswing/views */
  readonly handler400?: ErrorHandler;
  /** `PermissionDenied`. @default `permissionDenied` */
  readonly handler403?: ErrorHandler;
  /** `Http404`, also for a path that no pattern matches; not with DEBUG. @default `pageNotFound` */
  readonly handler404?: ErrorHandler;
  /** Every other error; not with DEBUG. When it fails itself, a plain page is sent. @default `serverError` */
  readonly handler500?: ErrorHandler;
}

export interface Settings
  extends
    DebuggingSettings,
    DeploymentSettings,
    LoggingSettings,
    MiddlewareSettings,
    UploadSettings {
  /** Show errors with all their details in the browser; never true in production. @default false */
  readonly DEBUG: boolean;
  /** Signs whatever must not be forged. Long, random, secret. Required. */
  readonly SECRET_KEY: string;
  /** Former keys: what they signed is still read, nothing is signed with them any more. @default [] */
  readonly SECRET_KEY_FALLBACKS: readonly string[];
  /** Read signed cookies also as a Django before 5.2.15 has written them. @default false */
  readonly SIGNED_COOKIE_LEGACY_SALT_FALLBACK: boolean;
  /** Loads the module with the site's `urlpatterns`: `() => import("./urls.ts")`. Required. */
  readonly ROOT_URLCONF: () => Promise<URLConf>;
  /**
   * The folder that INSTALLED_APPS start from, as an absolute path: `import.meta.dirname`; `null` for the folder the
   * process was started in. @default null
   */
  readonly BASE_DIR: string | null;
  /**
   * The site's apps, as folders in BASE_DIR or absolute paths: `["polls"]`. The `templates/`, `static/` and
   * `management/commands/` of each are found. @default []
   */
  readonly INSTALLED_APPS: readonly string[];
  /** Outermost first. References, not dotted paths, so the compiler checks them. @default [] */
  readonly MIDDLEWARE: readonly Middleware[];
  /** Where templates are, and what they can use. @default { DIRS: [] } */
  readonly TEMPLATES: TemplateSettings;
}

/** The settings that a project must give; all others have a default. */
export type RequiredSetting = "ROOT_URLCONF" | "SECRET_KEY";

/** A site: everything that is built once from its settings. */
export interface Application {
  readonly settings: Settings;
  readonly resolver: URLResolver;
  readonly templates: TemplateEngine;
  /** The root URLconf, for its error handlers; where it is missing, the default ones count. */
  readonly urlconf?: URLConf;
}

/** From a request to a response: a view with everything inside of a middleware, or the whole chain. */
export type GetResponse = (request: HttpRequest) => MaybePromise<HttpResponseBase>;

/** What a middleware may do besides wrapping: each is called at its moment, in the order of Django. */
export interface MiddlewareHooks {
  /** Before everything further in. A response ends the request here. */
  processRequest?(request: HttpRequest): MaybePromise<HttpResponseBase | undefined>;
  /** After everything further in. */
  processResponse?(
    request: HttpRequest,
    response: HttpResponseBase,
  ): MaybePromise<HttpResponseBase>;
  /** The view is found and about to be called, outermost middleware first. A response replaces the view's. */
  processView?(
    request: HttpRequest,
    view: View,
    params: Readonly<Record<string, unknown>>,
  ): MaybePromise<HttpResponseBase | undefined>;
  /** The view threw, innermost middleware first. A response replaces the error. */
  processException?(
    request: HttpRequest,
    error: unknown,
  ): MaybePromise<HttpResponseBase | undefined>;
  /** The view returned a response that is not rendered yet, innermost middleware first. */
  processTemplateResponse?(
    request: HttpRequest,
    response: HttpResponseBase,
  ): MaybePromise<HttpResponseBase>;
}

/** What handles each request: a function, or hooks, or a function with the hooks that concern the view. */
export type MiddlewareInstance = (GetResponse & MiddlewareHooks) | MiddlewareHooks;

/** Called once when the application is built. */
export type MiddlewareFactory = (getResponse: GetResponse, app: Application) => MiddlewareInstance;

/** Constructed once when the application is built. */
export type MiddlewareClass = new (getResponse: GetResponse, app: Application) => MiddlewareHooks;

/**
 * A middleware. What it calls always answers with a response, never with an error: those are converted below it.
 * One that throws `MiddlewareNotUsed` when it is built is left out.
 */
export type Middleware = MiddlewareFactory | MiddlewareClass;

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** The patterns of this request, instead of those of ROOT_URLCONF. For middleware to set, before the view is looked up. */
    urlconf?: URLConf;
    /** The application that handles this request. */
    app: Application;
    /** The token that forms send back, made on the first call; set by the CSRF middleware, asked for by `{% csrf_token %}`. */
    getCsrfToken?: () => string;
  }
}
