/**
 * What a setting holds when a project does not give it.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import { DEBUGGING_DEFAULTS } from "./sections/debugging.ts";
import { DEPLOYMENT_DEFAULTS } from "./sections/deployment.ts";
import { LOGGING_DEFAULTS } from "./sections/logging.ts";
import { MIDDLEWARE_DEFAULTS } from "./sections/middleware.ts";
import { UPLOAD_DEFAULTS } from "./sections/uploads.ts";
import type { RequiredSetting, Settings } from "./settings.ts";

export const DEFAULT_SETTINGS: Readonly<Omit<Settings, RequiredSetting>> = Object.freeze({
  DEBUG: false,
  SECRET_KEY_FALLBACKS: [],
  SIGNED_COOKIE_LEGACY_SALT_FALLBACK: false,
  BASE_DIR: null,
  INSTALLED_APPS: [],
  MIDDLEWARE: [],
  TEMPLATES: { DIRS: [] },
  ...DEBUGGING_DEFAULTS,
  ...DEPLOYMENT_DEFAULTS,
  ...LOGGING_DEFAULTS,
  ...UPLOAD_DEFAULTS,
  ...MIDDLEWARE_DEFAULTS,
});
