/**
 * What a setting holds when a project does not give it.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import { MemoryFileUploadHandler } from "../http/uploads/memory-handler.ts";
import { TemporaryFileUploadHandler } from "../http/uploads/temporary-file-handler.ts";
import type { RequiredSetting, Settings } from "./settings.ts";

export const DEFAULT_SETTINGS: Readonly<Omit<Settings, RequiredSetting>> = Object.freeze({
  DEBUG: false,
  SECRET_KEY_FALLBACKS: [],
  SIGNED_COOKIE_LEGACY_SALT_FALLBACK: false,
  ALLOWED_HOSTS: [],
  MIDDLEWARE: [],
  TEMPLATES: { DIRS: [] },
  FORCE_SCRIPT_NAME: null,
  USE_X_FORWARDED_HOST: false,
  USE_X_FORWARDED_PORT: false,
  SECURE_PROXY_SSL_HEADER: null,
  APPEND_SLASH: true,
  DATA_UPLOAD_MAX_MEMORY_SIZE: 2_621_440,
  DATA_UPLOAD_MAX_NUMBER_FIELDS: 1000,
  DATA_UPLOAD_MAX_NUMBER_FILES: 100,
  FILE_UPLOAD_HANDLERS: [MemoryFileUploadHandler, TemporaryFileUploadHandler],
  FILE_UPLOAD_MAX_MEMORY_SIZE: 2_621_440,
  FILE_UPLOAD_TEMP_DIR: null,
  SECURE_CONTENT_TYPE_NOSNIFF: true,
  SECURE_REFERRER_POLICY: "same-origin",
  SECURE_CROSS_ORIGIN_OPENER_POLICY: "same-origin",
  X_FRAME_OPTIONS: "DENY",
  SILENCED_SYSTEM_CHECKS: [],
});
