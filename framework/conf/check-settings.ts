/**
 * What each setting may hold.
 *
 * Layer 4 (conf). Pure. The compiler says the same; this is for whoever did not run it.
 */
import { isAbsolute } from "node:path";
import { describeValue } from "../utils/describe.ts";
import type { RequiredSetting } from "./settings.ts";

type Check = readonly [expected: string, holds: (value: unknown) => boolean];

const isString = (value: unknown): boolean => typeof value === "string";
const isAbsolutePath = (value: unknown): boolean => typeof value === "string" && isAbsolute(value);
const isListOf =
  (holds: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(holds);

const BOOLEAN: Check = ["true or false", (value) => typeof value === "boolean"];
const STRING_OR_NULL: Check = ["a string or null", (value) => value === null || isString(value)];
const LIMIT: Check = [
  "a whole number from 0 up, or null for no limit",
  (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0),
];

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["DEBUG", BOOLEAN],
  ["SECRET_KEY", ["a string that is not empty", (value) => isString(value) && value !== ""]],
  [
    "SECRET_KEY_FALLBACKS",
    ["an array of keys that are not empty", isListOf((key) => isString(key) && key !== "")],
  ],
  ["SIGNED_COOKIE_LEGACY_SALT_FALLBACK", BOOLEAN],
  ["ALLOWED_HOSTS", ["an array of host names", isListOf(isString)]],
  [
    "ROOT_URLCONF",
    [
      'a function that imports the URLconf, such as () => import("./urls.ts")',
      (value) => typeof value === "function",
    ],
  ],
  [
    "MIDDLEWARE",
    ["an array of middleware functions", isListOf((entry) => typeof entry === "function")],
  ],
  [
    "TEMPLATES",
    [
      'an object such as { DIRS: [join(import.meta.dirname, "templates")] }, with absolute paths',
      isTemplates,
    ],
  ],
  ["FORCE_SCRIPT_NAME", STRING_OR_NULL],
  ["USE_X_FORWARDED_HOST", BOOLEAN],
  ["USE_X_FORWARDED_PORT", BOOLEAN],
  [
    "SECURE_PROXY_SSL_HEADER",
    ['a header and its value, such as ["X-Forwarded-Proto", "https"], or null', isHeaderOrNull],
  ],
  ["APPEND_SLASH", BOOLEAN],
  ["DATA_UPLOAD_MAX_MEMORY_SIZE", LIMIT],
  ["DATA_UPLOAD_MAX_NUMBER_FIELDS", LIMIT],
  ["DATA_UPLOAD_MAX_NUMBER_FILES", LIMIT],
  [
    "FILE_UPLOAD_HANDLERS",
    ["an array of upload handler classes", isListOf((entry) => typeof entry === "function")],
  ],
  [
    "FILE_UPLOAD_MAX_MEMORY_SIZE",
    ["a whole number from 0 up", (value) => Number.isSafeInteger(value) && Number(value) >= 0],
  ],
  [
    "FILE_UPLOAD_TEMP_DIR",
    ["an absolute path or null", (value) => value === null || isAbsolutePath(value)],
  ],
  ["SECURE_CONTENT_TYPE_NOSNIFF", BOOLEAN],
  ["SECURE_REFERRER_POLICY", STRING_OR_NULL],
  ["SECURE_CROSS_ORIGIN_OPENER_POLICY", STRING_OR_NULL],
  [
    "X_FRAME_OPTIONS",
    ['"DENY" or "SAMEORIGIN"', (value) => value === "DENY" || value === "SAMEORIGIN"],
  ],
  [
    "SILENCED_SYSTEM_CHECKS",
    ['an array of ids of system checks, such as ["urls.W101"]', isListOf(isString)],
  ],
]);

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

function isHeaderOrNull(value: unknown): boolean {
  return (
    value === null || (isListOf(isString)(value) && Array.isArray(value) && value.length === 2)
  );
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
