/**
 * What each setting may hold.
 *
 * Layer 4 (conf). Pure. The compiler says the same; this is for whoever did not run it.
 */
import { describeValue } from "../utils/describe.ts";
import {
  ABSOLUTE_PATH_OR_NULL,
  BOOLEAN,
  type Check,
  type Checks,
  isAbsolutePath,
  isListOf,
  isString,
} from "./check-kinds.ts";
import { DEBUGGING_CHECKS, type DebuggingSettings } from "./sections/debugging.ts";
import { DEPLOYMENT_CHECKS, type DeploymentSettings } from "./sections/deployment.ts";
import { LOGGING_CHECKS, type LoggingSettings } from "./sections/logging.ts";
import { MIDDLEWARE_CHECKS, type MiddlewareSettings } from "./sections/middleware.ts";
import { UPLOAD_CHECKS, type UploadSettings } from "./sections/uploads.ts";
import type { RequiredSetting, Settings } from "./settings.ts";

/** The settings of the site as a whole; those of one subject bring theirs. */
type CoreSettings = Omit<
  Settings,
  | keyof DebuggingSettings
  | keyof DeploymentSettings
  | keyof LoggingSettings
  | keyof MiddlewareSettings
  | keyof UploadSettings
>;

const CORE_CHECKS: Checks<CoreSettings> = {
  DEBUG: BOOLEAN,
  SECRET_KEY: ["a string that is not empty", (value) => isString(value) && value !== ""],
  SECRET_KEY_FALLBACKS: [
    "an array of keys that are not empty",
    isListOf((key) => isString(key) && key !== ""),
  ],
  SIGNED_COOKIE_LEGACY_SALT_FALLBACK: BOOLEAN,
  ROOT_URLCONF: [
    'a function that imports the URLconf, such as () => import("./urls.ts")',
    (value) => typeof value === "function",
  ],
  BASE_DIR: ABSOLUTE_PATH_OR_NULL,
  INSTALLED_APPS: [
    'an array of folders, such as ["polls"]',
    isListOf((entry) => isString(entry) && entry !== ""),
  ],
  MIDDLEWARE: [
    "an array of middleware functions",
    isListOf((entry) => typeof entry === "function"),
  ],
  TEMPLATES: [
    'an object such as { DIRS: [join(import.meta.dirname, "templates")] }, with absolute paths',
    isTemplates,
  ],
};

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>(
  Object.entries({
    ...CORE_CHECKS,
    ...DEBUGGING_CHECKS,
    ...DEPLOYMENT_CHECKS,
    ...LOGGING_CHECKS,
    ...UPLOAD_CHECKS,
    ...MIDDLEWARE_CHECKS,
  }),
);

/** Those without a default. */
export const REQUIRED_SETTINGS: readonly RequiredSetting[] = ["ROOT_URLCONF", "SECRET_KEY"];

/** What is wrong with one setting, in one line; `undefined` when nothing is. */
export function checkSetting(name: string, value: unknown): string | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return `Setting '${name}' must be in UPPER_CASE.`;
  const check = CHECKS.get(name);
  if (check === undefined) return undefined;
  const [expected, holds] = check;
  if (value === undefined)
    return isRequired(name) ? `${name} is missing: it must be ${expected}.` : undefined;
  return holds(value) ? undefined : `${name} must be ${expected}; found ${describeFound(value)}.`;
}

/** The names of all settings the framework knows. */
export function knownSettings(): string[] {
  return [...CHECKS.keys()];
}

function isRequired(name: string): boolean {
  return REQUIRED_SETTINGS.some((required) => required === name);
}

function isTemplates(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "DIRS" in value &&
    isListOf(isAbsolutePath)(value.DIRS)
  );
}

/** For a list and for TEMPLATES the elements say more than the whole. */
function describeFound(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(describeValue).join(", ")}]`;
  if (typeof value === "object" && value !== null && "DIRS" in value)
    return `{ DIRS: ${describeFound(value.DIRS)} }`;
  return describeValue(value);
}
