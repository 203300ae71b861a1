/**
 * Dates as HTTP writes them.
 *
 * Layer 0. Pure but for the clock, which comes in as a parameter. Units: seconds since the epoch.
 * Source: RFC 9110 section 5.6.7; Django utils/http.py (`http_date`, `parse_http_date_safe`).
 * The server half reads dates with the same rules (devserver/httpserver/conditional.ts): neither half imports the other.
 */
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
/** With a leap second. */
const TIME = "(?<hour>[01][0-9]|2[0-3]):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9]|60)";

/** RFC 1123, RFC 850, asctime. */
const FORMATS = [
  new RegExp(`^[A-Z][a-z]{2}, (?<day>[0-9]{2}) ${MONTH} (?<year>[0-9]{4}) ${TIME} GMT$`),
  new RegExp(`^[A-Z][a-z]{5,8}, (?<day>[0-9]{2})-${MONTH}-(?<year>[0-9]{2}) ${TIME} GMT$`),
  new RegExp(`^[A-Z][a-z]{2} ${MONTH} (?<day>[0-9 ][0-9]) ${TIME} (?<year>[0-9]{4})$`),
];

/** `Sat, 21 Nov 2026 02:53:26 GMT`. */
export function formatHttpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString();
}

/** `undefined` for what is no HTTP date. */
export function parseHttpDate(text: string, now: number = Date.now() / 1000): number | undefined {
  const groups = FORMATS.values()
    .map((format) => format.exec(text)?.groups)
    .find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { day, month = "", year = "", hour, minute, second } = groups;
  const milliseconds = Date.UTC(
    year.length === 4 ? Number(year) : fourDigitYear(Number(year), now),
    MONTHS.indexOf(month) / 3,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  // 31 February is no day, and no day in March. A leap second may end in the next one.
  const seconds = milliseconds / 1000;
  return new Date((seconds - Number(second === "60")) * 1000).getUTCDate() === Number(day)
    ? seconds
    : undefined;
}

/** A two-digit year more than 50 years ahead is one of the past. */
function fourDigitYear(year: number, now: number): number {
  const thisYear = new Date(now * 1000).getUTCFullYear();
  const candidate = thisYear - (thisYear % 100) + year;
  return candidate > thisYear + 50 ? candidate - 100 : candidate;
}
