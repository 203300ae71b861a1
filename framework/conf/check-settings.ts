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
  NOT_EMPTY,
} from "./check-kinds.ts";
import { SECTION_CHECKS, type SectionSettings } from "./sections/all.ts";
import type { RequiredSetting, Settings } from "./settings.ts";

/** The settings of the site as a whole; those of one subject bring theirs. */
type CoreSettings = Omit<Settings, keyof SectionSettings>;

const CORE_CHECKS: Checks<CoreSettings> = {
  DEBUG: BOOLEAN,
  SECRET_KEY: NOT_EMPTY,
  SECRET_KEY_FALLBACKS: ["an array of keys that are not empty", isListOf(NOT_EMPTY[1])],
  SIGNED_COOKIE_LEGACY_SALT_FALLBACK: BOOLEAN,
  ROOT_URLCONF: [
    'a function that imports the URLconf, such as () => import("./urls.ts")',
    (value) => typeof value === "function",
  ],
  BASE_DIR: ABSOLUTE_PATH_OR_NULL,
  INSTALLED_APPS: ['an array of folders, such as ["polls"]', isListOf(NOT_EMPTY[1])],
  MIDDLEWARE: [
    "an array of middleware functions",
    isListOf((entry) => typeof entry === "function"),
  ],
  SILENCED_SYSTEM_CHECKS: [
    'an array of ids of system checks, such as ["urls.W101"]',
    isListOf(isString),
  ],
  TEMPLATES: [
    'an object such as { DIRS: [join(import.meta.dirname, "templates")] }, with absolute paths',
    isTemplates,
  ],
};

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>(
  Object.entries({ ...CORE_CHECKS, ...SECTION_CHECKS }),
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
