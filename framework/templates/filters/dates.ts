/**
 * Filters of dates and times: `date`, `time`, `timesince`, `timeuntil`.
 *
 * Layer 5 (templates). Source: Django template/defaultfilters.py. What is no date gives the empty string, as in Django.
 * Time zones: a `Date` is an instant, shown in TIME_ZONE. Differs from Django: an ISO 8601 string is a date too, as
 * databases and JSON have it; one without a time (`"2026-11-21"`) is that day everywhere.
 */
import type { FormatSettings } from "../../conf/sections/formats.ts";
import { formatDate } from "../../utils/date-format.ts";
import { timeSince } from "../../utils/time-since.ts";
import { type Filters } from "./text.ts";
import { toText } from "../../utils/safe-string.ts";

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

export function dateFilters(settings: FormatSettings, now: () => Date = () => new Date()): Filters {
  const show = (value: unknown, format: unknown, fallback: keyof FormatSettings): string => {
    const date = toDate(value);
    if (date === undefined) return "";
    const named = format === undefined ? fallback : toText(format);
    return formatDate(
      date.at,
      formatNamed(settings, named),
      date.isDay ? "UTC" : settings.TIME_ZONE,
    );
  };
  return {
    date: (value: unknown, format?: unknown) => show(value, format, "DATE_FORMAT"),
    time: (value: unknown, format?: unknown) => show(value, format, "TIME_FORMAT"),
    timesince: (value: unknown, other?: unknown) => between(value, other, now, timeSince),
    timeuntil: (value: unknown, other?: unknown) =>
      between(value, other, now, (date, from) => timeSince(from, date)),
  };
}

/** `DATE_FORMAT` and its like name a setting; everything else is a format itself. */
export function formatNamed(settings: FormatSettings, name: string): string {
  if (!/^[A-Z_]+_FORMAT$/.test(name) || !Object.hasOwn(settings, name)) return name;
  const format: unknown = Reflect.get(settings, name);
  return typeof format === "string" ? format : name;
}

function between(
  value: unknown,
  other: unknown,
  now: () => Date,
  inWords: (date: Date, other: Date) => string,
): string {
  const date = toDate(value);
  const reference = other === undefined ? now() : toDate(other)?.at;
  return date === undefined || reference === undefined ? "" : inWords(date.at, reference);
}

function toDate(value: unknown): { readonly at: Date; readonly isDay: boolean } | undefined {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? undefined : { at: value, isDay: false };
  if (typeof value !== "string") return undefined;
  const isDay = ISO_DATE.test(value);
  if (!isDay && !ISO_TIME.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : { at, isDay };
}
