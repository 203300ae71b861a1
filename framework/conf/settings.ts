/**
 * Every setting, with its unit and default.
 *
 * Layer 4 (conf). Names are Django's, so that its documentation still helps.
 * Source: Django conf/global_settings.py. Differences stand in docs/differences-from-django.md.
 */
import type { URLEntry } from "../urls/pattern.ts";
import type { Middleware } from "./application.ts";
import type { TemplateSettings } from "./template-engine.ts";

/** What a URLconf module exports. */
export interface URLConf {
  readonly urlpatterns: readonly URLEntry[];
}

export interface Settings {
  /** Show errors with all their details in the browser; never true in production. @default false */
  readonly DEBUG: boolean;
  /** Signs whatever must not be forged. Long, random, secret. Required. */
  readonly SECRET_KEY: string;
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
  /** Redirect `/path` to `/path/` when only the latter exists (needs `commonMiddleware`). @default true */
  readonly APPEND_SLASH: boolean;
  /** Largest request body read into memory, in bytes; `null` for no limit. @default 2_621_440 (2.5 MiB) */
  readonly DATA_UPLOAD_MAX_MEMORY_SIZE: number | null;
  /** Most GET or POST parameters of a request; `null` for no limit. @default 1000 */
  readonly DATA_UPLOAD_MAX_NUMBER_FIELDS: number | null;
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

export const DEFAULT_SETTINGS: Readonly<Omit<Settings, RequiredSetting>> = Object.freeze({
  DEBUG: false,
  ALLOWED_HOSTS: [],
  MIDDLEWARE: [],
  TEMPLATES: { DIRS: [] },
  APPEND_SLASH: true,
  DATA_UPLOAD_MAX_MEMORY_SIZE: 2_621_440,
  DATA_UPLOAD_MAX_NUMBER_FIELDS: 1000,
  SECURE_CONTENT_TYPE_NOSNIFF: true,
  SECURE_REFERRER_POLICY: "same-origin",
  SECURE_CROSS_ORIGIN_OPENER_POLICY: "same-origin",
  X_FRAME_OPTIONS: "DENY",
});
