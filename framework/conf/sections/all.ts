/**
 * The settings of all subjects together, with their defaults and checks.
 *
 * Layer 4 (conf).
 */
import type { Checks } from "../check-kinds.ts";
import { CORS_CHECKS, CORS_DEFAULTS, type CorsSettings } from "./cors.ts";
import { CSRF_CHECKS, CSRF_DEFAULTS, type CsrfSettings } from "./csrf.ts";
import { DEBUGGING_CHECKS, DEBUGGING_DEFAULTS, type DebuggingSettings } from "./debugging.ts";
import { DEPLOYMENT_CHECKS, DEPLOYMENT_DEFAULTS, type DeploymentSettings } from "./deployment.ts";
import {
  DEVELOPMENT_CHECKS,
  DEVELOPMENT_DEFAULTS,
  type DevelopmentSettings,
} from "./development.ts";
import { FORMAT_CHECKS, FORMAT_DEFAULTS, type FormatSettings } from "./formats.ts";
import { LOGGING_CHECKS, LOGGING_DEFAULTS, type LoggingSettings } from "./logging.ts";
import { MESSAGE_CHECKS, MESSAGE_DEFAULTS, type MessageSettings } from "./messages.ts";
import { MIDDLEWARE_CHECKS, MIDDLEWARE_DEFAULTS, type MiddlewareSettings } from "./middleware.ts";
import { SECURITY_CHECKS, SECURITY_DEFAULTS, type SecuritySettings } from "./security.ts";
import { SESSION_CHECKS, SESSION_DEFAULTS, type SessionSettings } from "./sessions.ts";
import {
  STATIC_FILES_CHECKS,
  STATIC_FILES_DEFAULTS,
  type StaticFilesSettings,
} from "./static-files.ts";
import { UPLOAD_CHECKS, UPLOAD_DEFAULTS, type UploadSettings } from "./uploads.ts";

export interface SectionSettings
  extends
    CorsSettings,
    CsrfSettings,
    DebuggingSettings,
    DeploymentSettings,
    DevelopmentSettings,
    FormatSettings,
    LoggingSettings,
    MessageSettings,
    MiddlewareSettings,
    SecuritySettings,
    SessionSettings,
    StaticFilesSettings,
    UploadSettings {}

export const SECTION_DEFAULTS: SectionSettings = {
  ...CORS_DEFAULTS,
  ...CSRF_DEFAULTS,
  ...DEBUGGING_DEFAULTS,
  ...DEPLOYMENT_DEFAULTS,
  ...DEVELOPMENT_DEFAULTS,
  ...FORMAT_DEFAULTS,
  ...LOGGING_DEFAULTS,
  ...MESSAGE_DEFAULTS,
  ...MIDDLEWARE_DEFAULTS,
  ...SECURITY_DEFAULTS,
  ...SESSION_DEFAULTS,
  ...STATIC_FILES_DEFAULTS,
  ...UPLOAD_DEFAULTS,
};

export const SECTION_CHECKS: Checks<SectionSettings> = {
  ...CORS_CHECKS,
  ...CSRF_CHECKS,
  ...DEBUGGING_CHECKS,
  ...DEPLOYMENT_CHECKS,
  ...DEVELOPMENT_CHECKS,
  ...FORMAT_CHECKS,
  ...LOGGING_CHECKS,
  ...MESSAGE_CHECKS,
  ...MIDDLEWARE_CHECKS,
  ...SECURITY_CHECKS,
  ...SESSION_CHECKS,
  ...STATIC_FILES_CHECKS,
  ...UPLOAD_CHECKS,
};
