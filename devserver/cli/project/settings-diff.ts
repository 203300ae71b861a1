/**
 * Which settings differ from others.
 *
 * Layer 10 (cli). Pure. Source: Django core/management/commands/diffsettings.py.
 * Differs from Django: a list of functions shows their names, and no module path.
 */
import { inspect, isDeepStrictEqual } from "node:util";

export interface SettingRow {
  readonly name: string;
  readonly value: unknown;
  /** `own`: a setting that the other side does not know. */
  readonly status: "changed" | "own" | "same";
}

/** In the order of the alphabet. `all`: those that are the same, too. */
export function compareSettings(settings: object, base: object, all: boolean): SettingRow[] {
  const rows = Object.entries(settings).map(([name, value]: [string, unknown]): SettingRow => {
    if (!Object.hasOwn(base, name)) return { name, value, status: "own" };
    const isSame = isDeepStrictEqual(value, Reflect.get(base, name));
    return { name, value, status: isSame ? "same" : "changed" };
  });
  return rows
    .filter(({ status }) => all || status !== "same")
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** `NAME = value`, `NAME = value  ###` for those that the other side has not, `### NAME = value` for the same. */
export function formatDifferences(rows: readonly SettingRow[]): string {
  return rows
    .map(({ name, value, status }) => {
      const line = `${name} = ${inspect(value, { depth: Number.POSITIVE_INFINITY, breakLength: Number.POSITIVE_INFINITY })}`;
      if (status === "same") return `### ${line}\n`;
      return status === "own" ? `${line}  ###\n` : `${line}\n`;
    })
    .join("");
}
