/**
 * What clock and calendar show at an instant, in a time zone.
 *
 * Layer 0. Pure. Units: `offset` in seconds east of UTC, `epoch` in milliseconds. The rules of time zones are those of
 * Node's ICU. Errors: `RangeError` for a time zone that does not exist.
 */
import { getOrInsert } from "./get-or-insert.ts";

export interface ZonedTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly offset: number;
  /** `CET`; `GMT+3` where no abbreviation is known. */
  readonly zoneName: string;
  readonly isDaylightSaving: boolean;
  readonly epoch: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

export function zonedTime(date: Date, timeZone: string): ZonedTime {
  const epoch = date.getTime();
  if (Number.isNaN(epoch)) throw new RangeError("Invalid time value");
  const offset = offsetAt(epoch, timeZone);
  // Read as if it were UTC, a shifted instant shows the local clock.
  const local = new Date(epoch + offset * 1000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    weekday: local.getUTCDay(),
    offset,
    get zoneName() {
      return zoneNameAt(date, timeZone);
    },
    get isDaylightSaving() {
      const year = local.getUTCFullYear();
      const winter = [0, 6].map((month) => offsetAt(Date.UTC(year, month), timeZone));
      return offset > Math.min(...winter);
    },
    epoch,
  };
}

/** From January on, in a year that is no leap year. */
export const DAYS_IN_MONTH: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** True for a name that Node knows: `Europe/Berlin`, `UTC`. */
export function isTimeZone(name: unknown): boolean {
  if (typeof name !== "string" || name === "") return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}

function offsetAt(epoch: number, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(epoch)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return Math.round((local - Math.floor(epoch / 1000) * 1000) / 1000);
}

/** Making one costs far more than using it. */
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  return getOrInsert(
    formatters,
    timeZone,
    () =>
      new Intl.DateTimeFormat("en-US", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      }),
  );
}

/** American English abbreviates American zones only, British English European ones. */
function zoneNameAt(date: Date, timeZone: string): string {
  if (timeZone === "UTC") return "UTC";
  const names = ["en-US", "en-GB", "en-AU"].map((locale) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });
    return format.formatToParts(date).find(({ type }) => type === "timeZoneName")?.value ?? "";
  });
  return names.find((name) => !/^(?:GMT|UTC)[+-]/.test(name)) ?? names[0] ?? "";
}
