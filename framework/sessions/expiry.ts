/**
 * When a session ends: after so many seconds without a change, at a date, or with the browser.
 *
 * Layer 5 (sessions). Pure. Units: ages in seconds, times in milliseconds since 1970.
 * Source: Django contrib/sessions/backends/base.py (`get_expiry_age`, `get_expiry_date`, `set_expiry`).
 */

/** Where a session keeps its own expiry: seconds, 0 for "with the browser", or a date in ISO 8601. */
export const EXPIRY_KEY = "_session_expiry";

/** What of its life is left to a session that was changed at `modified`, in whole seconds; below 0 when it is over. */
export function expiryAge(expiry: unknown, cookieAge: number, modified: number): number {
  const date = parseDate(expiry);
  if (date !== undefined) return Math.floor((date - modified) / 1000);
  return typeof expiry === "number" && expiry !== 0 ? expiry : cookieAge;
}

/** When a session ends that was changed at `modified`. */
export function expiryTime(expiry: unknown, cookieAge: number, modified: number): number {
  const date = parseDate(expiry);
  if (date !== undefined) return date;
  return modified + expiryAge(expiry, cookieAge, modified) * 1000;
}

/** As Python writes it: Django before Python 3.11 does not read a `Z`. */
export function formatExpiry(date: Date): string {
  return date.toISOString().replace("Z", "+00:00");
}

function parseDate(expiry: unknown): number | undefined {
  if (expiry instanceof Date) return expiry.getTime();
  if (typeof expiry !== "string") return undefined;
  const time = Date.parse(expiry);
  return Number.isNaN(time) ? undefined : time;
}
