/** `devserver diffsettings`: what the project's settings change. */
import { resolve } from "node:path";
import { inspect, type ParseArgsOptionsConfig } from "node:util";
import { REQUIRED_SETTINGS } from "../../../framework/conf/check-settings.ts";
import { DEFAULT_SETTINGS } from "../../../framework/conf/defaults.ts";
import type { CommandContext } from "../../../framework/management/command.ts";
import { explained } from "../explained.ts";
import { loadSettings, settingsOf } from "../project/load-settings.ts";
import { compareSettings, formatDifferences, type SettingRow } from "../project/settings-diff.ts";

export const summary = "print what the settings change of the defaults, or of other settings";
export const usage = "diffsettings [--all] [--default FILE] [--json]";
export const options: ParseArgsOptionsConfig = {
  all: { type: "boolean" },
  default: { type: "string" },
  json: { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  all: "those that are as they were, too: with ### in front",
  default: "the settings file to compare with (default: what minorswing's own defaults are)",
  json: "print JSON",
};
export const maxPositionals = 0;

/** A setting that every project must give has no default, but is none of the project's own. */
const BASE: object = {
  ...Object.fromEntries(REQUIRED_SETTINGS.map((name) => [name, undefined])),
  ...DEFAULT_SETTINGS,
};

/** Returns the exit code. Source: Django core/management/commands/diffsettings.py. */
export async function run(context: CommandContext): Promise<number> {
  const { values, cwd, stdout } = context;
  const other = values.default;
  const settings = await explained(() => settingsOf(context));
  const base =
    typeof other === "string" ? await explained(() => loadSettings(resolve(cwd, other))) : BASE;
  const rows = compareSettings(settings, base, values.all === true);
  stdout.write(values.json === true ? toJson(rows) : formatDifferences(rows));
  return 0;
}

function toJson(rows: readonly SettingRow[]): string {
  return `${JSON.stringify(
    rows.map(({ name, value, status }) => ({ name, value: plain(value), status })),
    undefined,
    2,
  )}\n`;
}

/** What JSON has no word for becomes a text: functions, big numbers, instances of classes. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.getPrototypeOf(value) === Object.prototype
      ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]))
      : inspect(value);
  }
  return typeof value === "string" ||
    typeof value === "boolean" ||
    Number.isFinite(value) ||
    value === null
    ? value
    : inspect(value);
}
