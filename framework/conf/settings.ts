/**
 * Every setting, with its unit and default; and what is built from settings. The types stand together because
 * they refer to each other: settings list middleware, a middleware is given its application, an
 * application has settings.
 *
 * Layer 4 (conf). Types only. Names are Django's, so that its documentation still helps.
 * Source: Django conf/global_settings.py. Differences stand in docs/differences-from-django.md.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import type { FileUploadHandlerClass } from "../http/uploads/upload-handlers.ts";
import type { URLResolver } from "../urls/resolver.ts";
import type { URLConf } from "../urls/urlconf.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import type { TemplateEngine, TemplateSettings } from "./template-engine.ts";

export type { URLConf };

export interface Settings {
  /** Show errors with all their details in the browser; never true in production. @default false */
  readonly DEBUG: boolean;
  /** Signs whatever must not be forged. Long, random, secret. Required. */
  readonly SECRET_KEY: string;
  /** Former keys: what they signed is still read, nothing is signed with them any more. @default [] */
  readonly SECRET_KEY_FALLBACKS: readonly string[];
  /** Read signed cookies also as a Django before 5.2.15 has written them. @default false */
  readonly SIGNED_COOKIE_LEGACY_SALT_FALLBACK: boolean;
  /**
   * Host names this site answers to; `.example.com` covers subdomains, `*` everything.
   * Empty with DEBUG means localhost. @default []
   */
  readonly ALLOWED_HOSTS: readonly string[];
  /** Loads the module with the site's `urlpatterns`: `() => import("./urls.ts")`. Required. */
  readonly ROOT_URLCONF: () => Promise<URLConf>;
  /** Outermost first. References, not dotted paths, so the compiler checks them. @default [] */
  readonly MIDDLEWARE: readonly Middleware[];
  /** Where templates are, and what they can use. @default { DIRS: [] } */
  readonly TEMPLATES: TemplateSettings;
  /** Where the site is mounted, whatever the server says: `"/shop"`; `null` to believe the server. @default null */
  readonly FORCE_SCRIPT_NAME: string | null;
  /** Take the host from `X-Forwarded-Host`. Only behind a proxy that always sets it. @default false */
  readonly USE_X_FORWARDED_HOST: boolean;
  /** Take the port from `X-Forwarded-Port`. Only behind a proxy that always sets it. @default false */
  readonly USE_X_FORWARDED_PORT: boolean;
  /**
   * The header, and its value, by which a proxy says that its client came by TLS: `["X-Forwarded-Proto", "https"]`.
   * Only behind a proxy that always sets it, since a client can send it too. @default null
   */
  readonly SECURE_PROXY_SSL_HEADER: readonly [header: string, value: string] | null;
  /** Redirect `/path` to `/path/` when only the latter exists (needs `commonMiddleware`). @default true */
  readonly APPEND_SLASH: boolean;
  /** Largest request body read into memory, in bytes, uploaded files not counted; `null` for no limit. @default 2_621_440 (2.5 MiB) */
  readonly DATA_UPLOAD_MAX_MEMORY_SIZE: number | null;
  /** Most GET or POST parameters of a request; `null` for no limit. @default 1000 */
  readonly DATA_UPLOAD_MAX_NUMBER_FIELDS: number | null;
  /** Most files of a request; `null` for no limit. @default 100 */
  readonly DATA_UPLOAD_MAX_NUMBER_FILES: number | null;
  /**
   * What takes uploaded files, in this order: classes, each made anew for every upload.
   * @default [MemoryFileUploadHandler, TemporaryFileUploadHandler]
   */
  readonly FILE_UPLOAD_HANDLERS: readonly FileUploadHandlerClass[];
  /** Largest upload, in bytes, that is kept in memory; a larger one goes to temporary files. @default 2_621_440 (2.5 MiB) */
  readonly FILE_UPLOAD_MAX_MEMORY_SIZE: number;
  /** Absolute path of the folder for temporary files; `null` for the system's. @default null */
  readonly FILE_UPLOAD_TEMP_DIR: string | null;
  /** Sets `X-Content-Type-Options: nosniff` (needs `securityMiddleware`). @default true */
  readonly SECURE_CONTENT_TYPE_NOSNIFF: boolean;
  /** The `Referrer-Policy` header; `null` for none (needs `securityMiddleware`). @default "same-origin" */
  readonly SECURE_REFERRER_POLICY: string | null;
  /** The `Cross-Origin-Opener-Policy` header; `null` for none (needs `securityMiddleware`). @default "same-origin" */
  readonly SECURE_CROSS_ORIGIN_OPENER_POLICY: string | null;
  /** The `X-Frame-Options` header (needs `xFrameOptionsMiddleware`). @default "DENY" */
  readonly X_FRAME_OPTIONS: "DENY" | "SAMEORIGIN";
}

/** The settings that a project must give; all others have a default. */
export type RequiredSetting = "ROOT_URLCONF" | "SECRET_KEY";

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
    app: Application;
  }
}
