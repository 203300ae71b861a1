/**
 * Settings: What the middleware of the framework reads.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import { BOOLEAN, oneOf, STRING_OR_NULL, type Checks } from "../check-kinds.ts";

export interface MiddlewareSettings {
  /** Redirect `/path` to `/path/` when only the latter exists (needs `commonMiddleware`). @default true */
  readonly APPEND_SLASH: boolean;
  /** Sets `X-Content-Type-Options: nosniff` (needs `securityMiddleware`). @default true */
  readonly SECURE_CONTENT_TYPE_NOSNIFF: boolean;
  /** The `Referrer-Policy` header; `null` for none (needs `securityMiddleware`). @default "same-origin" */
  readonly SECURE_REFERRER_POLICY: string | null;
  /** The `Cross-Origin-Opener-Policy` header; `null` for none (needs `securityMiddleware`). @default "same-origin" */
  readonly SECURE_CROSS_ORIGIN_OPENER_POLICY: string | null;
  /** The `X-Frame-Options` header (needs `xFrameOptionsMiddleware`). @default "DENY" */
  readonly X_FRAME_OPTIONS: "DENY" | "SAMEORIGIN";
}

export const MIDDLEWARE_DEFAULTS: MiddlewareSettings = {
  APPEND_SLASH: true,
  SECURE_CONTENT_TYPE_NOSNIFF: true,
  SECURE_REFERRER_POLICY: "same-origin",
  SECURE_CROSS_ORIGIN_OPENER_POLICY: "same-origin",
  X_FRAME_OPTIONS: "DENY",
};

export const MIDDLEWARE_CHECKS: Checks<MiddlewareSettings> = {
  APPEND_SLASH: BOOLEAN,
  SECURE_CONTENT_TYPE_NOSNIFF: BOOLEAN,
  SECURE_REFERRER_POLICY: STRING_OR_NULL,
  SECURE_CROSS_ORIGIN_OPENER_POLICY: STRING_OR_NULL,
  X_FRAME_OPTIONS: oneOf("DENY", "SAMEORIGIN"),
};
