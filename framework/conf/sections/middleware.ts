/**
 * Settings: What `commonMiddleware` and `xFrameOptionsMiddleware` read.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import { BOOLEAN, oneOf, REGEXPS, type Checks } from "../check-kinds.ts";

export interface MiddlewareSettings {
  /** Redirect `/path` to `/path/` when only the latter exists (needs `commonMiddleware`). @default true */
  readonly APPEND_SLASH: boolean;
  /** Redirect `example.com` to `www.example.com` (needs `commonMiddleware`). @default false */
  readonly PREPEND_WWW: boolean;
  /** Clients that are answered 403, by their `User-Agent` (needs `commonMiddleware`). @default [] */
  readonly DISALLOWED_USER_AGENTS: readonly RegExp[];
  /** The `X-Frame-Options` header (needs `xFrameOptionsMiddleware`). @default "DENY" */
  readonly X_FRAME_OPTIONS: "DENY" | "SAMEORIGIN";
}

export const MIDDLEWARE_DEFAULTS: MiddlewareSettings = {
  APPEND_SLASH: true,
  PREPEND_WWW: false,
  DISALLOWED_USER_AGENTS: [],
  X_FRAME_OPTIONS: "DENY",
};

export const MIDDLEWARE_CHECKS: Checks<MiddlewareSettings> = {
  APPEND_SLASH: BOOLEAN,
  PREPEND_WWW: BOOLEAN,
  DISALLOWED_USER_AGENTS: REGEXPS,
  X_FRAME_OPTIONS: oneOf("DENY", "SAMEORIGIN"),
};
