/**
 * Settings: How forms and other requests that change something prove that they come from the site itself.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import type { HttpRequest } from "../../http/request.ts";
import type { HttpResponseBase } from "../../http/response.ts";
import type { MaybePromise } from "../../utils/maybe-promise.ts";
import {
  BOOLEAN,
  type Checks,
  DOMAIN_OR_NULL,
  isListOf,
  NOT_EMPTY,
  SAME_SITE_OR_NULL,
} from "../check-kinds.ts";

/** Answers a request that was refused; `reason` is for the developer, not for the visitor. */
export type CsrfFailureView = (
  request: HttpRequest,
  reason: string,
) => MaybePromise<HttpResponseBase>;

export interface CsrfSettings {
  /** How long the cookie lives, in seconds; `null` until the browser is closed. @default 31_449_600 (52 weeks) */
  readonly CSRF_COOKIE_AGE: number | null;
  /** The domain of the cookie, `".example.com"` for all below it; `null` for the host alone. @default null */
  readonly CSRF_COOKIE_DOMAIN: string | null;
  /** Hide the cookie from scripts, which then have to find the token in the page. @default false */
  readonly CSRF_COOKIE_HTTPONLY: boolean;
  /** The name of the cookie. @default "csrftoken" */
  readonly CSRF_COOKIE_NAME: string;
  /** The path of the cookie. @default "/" */
  readonly CSRF_COOKIE_PATH: string;
  /** When browsers send the cookie along with requests from other sites; `null` to leave it to them. @default "lax" */
  readonly CSRF_COOKIE_SAMESITE: "lax" | "strict" | "none" | null;
  /** Send the cookie over TLS only. @default false */
  readonly CSRF_COOKIE_SECURE: boolean;
  /** The view that answers a refused request; `null` for the framework's own page. @default null */
  readonly CSRF_FAILURE_VIEW: CsrfFailureView | null;
  /** The header that holds the token where no form field does: `"X-CSRFToken"`, or as its key in META. @default "HTTP_X_CSRFTOKEN" */
  readonly CSRF_HEADER_NAME: string;
  /**
   * Other origins that may send requests which change something, with their scheme: `"https://example.com"`;
   * `"https://*.example.com"` for the domain and all below it. @default []
   */
  readonly CSRF_TRUSTED_ORIGINS: readonly string[];
  /** Keep the secret in the session instead of a cookie (needs a session middleware before the CSRF one). @default false */
  readonly CSRF_USE_SESSIONS: boolean;
}

export const CSRF_DEFAULTS: CsrfSettings = {
  CSRF_COOKIE_AGE: 31_449_600,
  CSRF_COOKIE_DOMAIN: null,
  CSRF_COOKIE_HTTPONLY: false,
  CSRF_COOKIE_NAME: "csrftoken",
  CSRF_COOKIE_PATH: "/",
  CSRF_COOKIE_SAMESITE: "lax",
  CSRF_COOKIE_SECURE: false,
  CSRF_FAILURE_VIEW: null,
  CSRF_HEADER_NAME: "HTTP_X_CSRFTOKEN",
  CSRF_TRUSTED_ORIGINS: [],
  CSRF_USE_SESSIONS: false,
};

export const CSRF_CHECKS: Checks<CsrfSettings> = {
  CSRF_COOKIE_AGE: [
    "a whole number of seconds, or null",
    (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0),
  ],
  CSRF_COOKIE_DOMAIN: DOMAIN_OR_NULL,
  CSRF_COOKIE_HTTPONLY: BOOLEAN,
  CSRF_COOKIE_NAME: NOT_EMPTY,
  CSRF_COOKIE_PATH: NOT_EMPTY,
  CSRF_COOKIE_SAMESITE: SAME_SITE_OR_NULL,
  CSRF_COOKIE_SECURE: BOOLEAN,
  CSRF_FAILURE_VIEW: [
    "a view (request, reason) => response, or null",
    (value) => value === null || typeof value === "function",
  ],
  CSRF_HEADER_NAME: NOT_EMPTY,
  CSRF_TRUSTED_ORIGINS: [
    'an array of origins with their scheme and without a path, such as ["https://*.example.com"]',
    isListOf(
      (value) => typeof value === "string" && /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+$/.test(value),
    ),
  ],
  CSRF_USE_SESSIONS: BOOLEAN,
};
