/**
 * Dates and times in Django's format letters: `formatDate(date, "N j, Y, P", "Europe/Berlin")`.
 *
 * Layer 0. Pure. English names. Errors: `RangeError` for a time zone that does not exist.
 * Source: Django utils/dateformat.py, utils/dates.py. Differs from it: `B` is nothing; a `Date` is an instant, so it is
 * always shown in a time zone and never without one.
 */
import { DAYS_IN_MONTH, isLeapYear, type ZonedTime, zonedTime } from "./zoned-time.ts";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
/** The style of the Associated Press. */
const MONTHS_AP = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split(" ");

type Letter = (time: ZonedTime) => string | number;

const LETTERS: ReadonlyMap<string, Letter> = new Map<string, Letter>(
  Object.entries<Letter>({
    a: ({ hour }) => (hour > 11 ? "p.m." : "a.m."),
    A: ({ hour }) => (hour > 11 ? "PM" : "AM"),
    b: (time) => month(time).slice(0, 3).toLowerCase(),
    c: isoFormat,
    d: ({ day }) => two(day),
    D: (time) => weekday(time).slice(0, 3),
    e: ({ zoneName }) => zoneName,
    E: month,
    f: clock,
    F: month,
    g: twelve,
    G: ({ hour }) => hour,
    h: (time) => two(twelve(time)),
    H: ({ hour }) => two(hour),
    i: ({ minute }) => two(minute),
    I: ({ isDaylightSaving }) => (isDaylightSaving ? "1" : "0"),
    j: ({ day }) => day,
    l: weekday,
    L: ({ year }) => (isLeapYear(year) ? "True" : "False"),
    m: ({ month }) => two(month),
    M: (time) => month(time).slice(0, 3),
    n: ({ month }) => month,
    N: ({ month }) => MONTHS_AP[month - 1] ?? "",
    o: (time) => isoWeek(time).year,
    O: ({ offset }) => formatOffset(offset, ""),
    P: spokenTime,
    r: (time) =>
      `${weekday(time).slice(0, 3)}, ${two(time.day)} ${month(time).slice(0, 3)} ${four(time.year)} ` +
      `${two(time.hour)}:${two(time.minute)}:${two(time.second)} ${formatOffset(time.offset, "")}`,
    s: ({ second }) => two(second),
    S: ({ day }) => ordinalSuffix(day),
    t: daysInMonth,
    T: ({ zoneName }) => zoneName,
    u: ({ millisecond }) => String(millisecond * 1000).padStart(6, "0"),
    U: ({ epoch }) => Math.floor(epoch / 1000),
    w: ({ weekday }) => weekday,
    W: (time) => isoWeek(time).week,
    y: ({ year }) => two(year % 100),
    Y: ({ year }) => four(year),
    z: dayOfYear,
    Z: ({ offset }) => offset,
  }),
);

/** Letters become parts of the date; a backslash before one keeps the letter. */
export function formatDate(date: Date, format: string, timeZone: string): string {
  const time = zonedTime(date, timeZone);
  return format.replaceAll(/\\([^])|[A-Za-z]/g, (found: string, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    const letter = LETTERS.get(found);
    return letter === undefined ? found : String(letter(time));
  });
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function four(number: number): string {
  return String(number).padStart(4, "0");
}

function month(time: ZonedTime): string {
  return MONTHS[time.month - 1] ?? "";
}

function weekday(time: ZonedTime): string {
  return WEEKDAYS[time.weekday] ?? "";
}

function twelve({ hour }: ZonedTime): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

/** `1`, `1:30`. */
function clock(time: ZonedTime): string {
  return time.minute === 0 ? String(twelve(time)) : `${twelve(time)}:${two(time.minute)}`;
}

/** `1 a.m.`, `1:30 p.m.`, `midnight`, `noon`. */
function spokenTime(time: ZonedTime): string {
  if (time.minute === 0 && time.hour === 0) return "midnight";
  if (time.minute === 0 && time.hour === 12) return "noon";
  return `${clock(time)} ${time.hour > 11 ? "p.m." : "a.m."}`;
}

/** `+0200`, `-04:30`. */
function formatOffset(seconds: number, separator: string): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function isoFormat(time: ZonedTime): string {
  const fraction =
    time.millisecond === 0 ? "" : `.${String(time.millisecond * 1000).padStart(6, "0")}`;
  return (
    `${four(time.year)}-${two(time.month)}-${two(time.day)}` +
    `T${two(time.hour)}:${two(time.minute)}:${two(time.second)}${fraction}${formatOffset(time.offset, ":")}`
  );
}

function ordinalSuffix(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

function daysInMonth({ year, month }: ZonedTime): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

function dayOfYear({ year, month, day }: ZonedTime): number {
  const before = DAYS_IN_MONTH.slice(0, month - 1).reduce((sum, days) => sum + days, 0);
  return before + day + (month > 2 && isLeapYear(year) ? 1 : 0);
}

/** ISO 8601: weeks begin on Monday, and the first one has the year's first Thursday. */
function isoWeek(time: ZonedTime): { readonly year: number; readonly week: number } {
  const monday0 = (time.weekday + 6) % 7;
  const thursday = new Date(Date.UTC(time.year, time.month - 1, time.day - monday0 + 3));
  const year = thursday.getUTCFullYear();
  const days = (thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000;
  return { year, week: Math.floor(days / 7) + 1 };
}
