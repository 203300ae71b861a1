/**
 * Settings for a test: those of the site with some of them changed.
 *
 * Layer 8 (testing). Pure. Source: Django test/utils.py (`override_settings`).
 * Differs from Django: nothing global is changed, so there is nothing to restore and tests may run side by side.
 */
import { defineSettings } from "../conf/define-settings.ts";
import type { Settings } from "../conf/settings.ts";

/** Those whose DEBUG a test has asked for. */
const withOwnDebug = new WeakSet<Settings>();

/** What a setting of the project's own may be instead: another value of its kind. `defineSettings` has inferred the value itself. */
type Widened<Value> = Value extends boolean
  ? boolean
  : Value extends number
    ? number
    : Value extends string
      ? string
      : Value;

/** Settings with the same names, whatever values they have. */
export type OverriddenSettings<Site extends Settings> = Settings & {
  readonly [Name in Exclude<keyof Site, keyof Settings>]: Widened<Site[Name]>;
};

/** New settings, checked and frozen like any. `undefined` gives a setting its default. */
export function overrideSettings<Site extends Settings>(
  settings: Site,
  overrides: Partial<OverriddenSettings<Site>>,
): OverriddenSettings<Site> {
  const changed = defineSettings<Settings>({ ...settings, ...overrides });
  if ("DEBUG" in overrides || withOwnDebug.has(settings)) withOwnDebug.add(changed);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names, with values of the same kinds
  return changed as OverriddenSettings<Site>;
}

/**
 * What tests run with. As in Django, DEBUG is off, so that what is tested is what visitors see, unless the test asks for
 * it with `overrideSettings(settings, { DEBUG: true })`; `hosts` are allowed.
 */
export function settingsForTests(
  settings: Settings,
  hosts: readonly string[],
  changes: Partial<Settings>,
): Settings {
  return defineSettings<Settings>({
    ...settings,
    DEBUG: settings.DEBUG && withOwnDebug.has(settings),
    ALLOWED_HOSTS: [...settings.ALLOWED_HOSTS, ...hosts],
    ...changes,
  });
}
