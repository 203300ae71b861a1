/**
 * What a setting holds when a project does not give it.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import { SECTION_DEFAULTS } from "./sections/all.ts";
import type { RequiredSetting, Settings } from "./settings.ts";

export const DEFAULT_SETTINGS: Readonly<Omit<Settings, RequiredSetting>> = Object.freeze({
  DEBUG: false,
  SECRET_KEY_FALLBACKS: [],
  SIGNED_COOKIE_LEGACY_SALT_FALLBACK: false,
  BASE_DIR: null,
  INSTALLED_APPS: [],
  MIDDLEWARE: [],
  SILENCED_SYSTEM_CHECKS: [],
  TEMPLATES: { DIRS: [] },
  ...SECTION_DEFAULTS,
});
