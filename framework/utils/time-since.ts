/**
 * The time between two instants in words: `2 years, 3 months`.
 *
 * Layer 0. Pure. Source: Django utils/timesince.py. Spaces between a number and its unit do not break.
 * As in Django, February has 28 days in every year.
 */
import { DAYS_IN_MONTH } from "./zoned-time.ts";

const SECONDS = [
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** From `from` to `to`, in at most `depth` units that follow each other; `0 minutes` when it is less than one, or negative. */
export function timeSince(from: Date, to: Date, depth: number = 2): string {
  if (Math.floor((to.getTime() - from.getTime()) / 1000) <= 0) return inWords(0, "minute");
  const months = monthsBetween(from, to);
  let left = Math.floor((to.getTime() - afterMonths(from, months).getTime()) / 1000);
  const parts: [count: number, unit: string][] = [
    [Math.floor(months / 12), "year"],
    [months % 12, "month"],
  ];
  for (const [unit, seconds] of SECONDS) {
    parts.push([Math.floor(left / seconds), unit]);
    left %= seconds;
  }
  const first = parts.findIndex(([count]) => count !== 0);
  if (first < 0) return inWords(0, "minute");
  const shown = parts.slice(first, first + depth);
  const gap = shown.findIndex(([count]) => count === 0);
  return shown
    .slice(0, gap < 0 ? shown.length : gap)
    .map(([count, unit]) => inWords(count, unit))
    .join(", ");
}

function inWords(count: number, unit: string): string {
  return `${count}\u00a0${unit}${count === 1 ? "" : "s"}`;
}

/** Whole months, by the calendar of UTC. */
function monthsBetween(from: Date, to: Date): number {
  const months =
    (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return sinceMonthBegan(from) > sinceMonthBegan(to) ? months - 1 : months;
}

function sinceMonthBegan(date: Date): number {
  return date.getUTCDate() * 86_400_000 + (date.getTime() % 86_400_000);
}

function afterMonths(date: Date, months: number): Date {
  if (months === 0) return date;
  const month = date.getUTCMonth() + months;
  const day = Math.min(date.getUTCDate(), DAYS_IN_MONTH[month % 12] ?? 28);
  return new Date(
    Date.UTC(
      date.getUTCFullYear(),
      month,
      day,
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
    ),
  );
}
