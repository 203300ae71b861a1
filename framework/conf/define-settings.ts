/**
 * `defineSettings`: typed, complete, checked and frozen settings out of what a project writes.
 *
 * Layer 4 (conf). Pure. Errors: `ImproperlyConfigured` that lists everything wrong at once.
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";
import { checkSetting, REQUIRED_SETTINGS } from "./check-settings.ts";
import { DEFAULT_SETTINGS } from "./defaults.ts";
import type { RequiredSetting, Settings } from "./settings.ts";

/** What a project may write: the required settings, any other, and its own in UPPER_CASE. */
export type SettingsInput = Pick<Settings, RequiredSetting> & Partial<Settings>;

/** A project's own settings keep their types. */
export type ProjectSettings<Own> = Settings & Readonly<Omit<Own, keyof Settings>>;

const made = new WeakSet<object>();

/** Fills in the defaults. The result is frozen: a setting never changes while a site runs. */
export function defineSettings<const Own extends SettingsInput>(input: Own): ProjectSettings<Own> {
  if (typeof input !== "object" || input === null) {
    throw new ImproperlyConfigured(`defineSettings takes an object; found ${describeValue(input)}`);
  }
  const problems = [...new Set([...REQUIRED_SETTINGS, ...Object.keys(input)])]
    .map((name) => checkSetting(name, Reflect.get(input, name)))
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new ImproperlyConfigured(problems.join("\n"));
  // An explicit undefined means "not given", as everywhere else in TypeScript.
  const given = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  );
  const settings = Object.freeze({ ...DEFAULT_SETTINGS, ...given });
  made.add(settings);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked above, name by name
  return settings as unknown as ProjectSettings<Own>;
}

/** True for what `defineSettings` returned. */
export function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && made.has(value);
}
