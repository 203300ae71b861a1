/**
 * The two date formats of a server.
 *
 * Layer 2 (httpserver). Pure. Source: RFC 9110 section 5.6.7 (IMF-fixdate); CPython http/server.py.
 */
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Sat, 21 Nov 2026 02:53:26 GMT`. `milliseconds` since the epoch. */
export function formatHttpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

/** `21/Nov/2026 02:53:26`, local time, with English months whatever the locale. */
export function formatLogDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getDate())}/${MONTHS[date.getMonth()]}/${date.getFullYear()}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A formatter that computes its text once per second: both formats show no more. */
export function oncePerSecond(
  format: (milliseconds: number) => string,
): (milliseconds: number) => string {
  let second = Number.NaN;
  let text = "";
  return (milliseconds) => {
    const now = Math.floor(milliseconds / 1000);
    if (now !== second) {
      second = now;
      text = format(milliseconds);
    }
    return text;
  };
}
