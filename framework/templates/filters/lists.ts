/**
 * Filters of lists: `dictsort`, `dictsortreversed`, `first`, `groupby`, `join`, `last`, `length`, `random`, `reject`,
 * `rejectattr`, `select`, `selectattr`, `slice`, `sort`, `sum`.
 *
 * Layer 5 (templates). Source: Django template/defaultfilters.py; nunjucks 3.2.4 src/filters.js. Members are found as
 * everywhere in templates, so that no filter reaches more than a dot does.
 */
import type { TemplateTest } from "../../conf/template-engine.ts";
import { isText, markSafe, SafeString, toText } from "../../utils/safe-string.ts";
import { lookupMember, MISSING } from "../member-lookup.ts";
import { countOf, isPlainObject, isTrue, toList } from "../truth.ts";
import { type Escape, escapingFilter, type Filters, toFloat, toInteger } from "./text.ts";

/** `tests` are those that `select` and `reject` can name. */
export function listFilters(tests: ReadonlyMap<string, TemplateTest>): Filters {
  return {
    dictsort: (value: unknown, by?: unknown, direction?: unknown) => dictSort(value, by, direction),
    dictsortreversed: (value: unknown, by: unknown) => sortBy(toList(value), by).toReversed(),
    first: (value: unknown) => toList(value)[0] ?? "",
    groupby: groupBy,
    join: escapingFilter(
      (write) => (value: unknown, separator?: unknown, attribute?: unknown) =>
        join(valuesIn(value, attribute), separator, write),
    ),
    last: (value: unknown) => toList(value).at(-1) ?? "",
    length: (value: unknown) => countOf(value) ?? 0,
    random: (value: unknown) => {
      const items = toList(value);
      return items[Math.floor(Math.random() * items.length)] ?? "";
    },
    reject: (value: unknown, name?: unknown, argument?: unknown) =>
      toList(value).filter((item) => !holds(tests, item, name, argument)),
    rejectattr: (value: unknown, name: unknown) =>
      toList(value).filter((item) => !isTrue(memberAt(item, name))),
    select: (value: unknown, name?: unknown, argument?: unknown) =>
      toList(value).filter((item) => holds(tests, item, name, argument)),
    selectattr: (value: unknown, name: unknown) =>
      toList(value).filter((item) => isTrue(memberAt(item, name))),
    slice,
    sort,
    sum,
  };
}

/** `"author.name"`, or an index; nothing where there is no such member. */
function memberAt(item: unknown, path: unknown): unknown {
  const steps = typeof path === "number" ? [path] : toText(path).split(".");
  let value = item;
  for (const step of steps) {
    value = lookupMember(value, step);
    if (value === MISSING) return undefined;
  }
  return value;
}

function holds(
  tests: ReadonlyMap<string, TemplateTest>,
  item: unknown,
  name: unknown,
  argument: unknown,
): boolean {
  if (name === undefined) return isTrue(item);
  const test = tests.get(toText(name));
  if (test === undefined) throw new TypeError(`there is no test called ${toText(name)}`);
  return test(item, argument);
}

/** Nothing first, then numbers by size, then everything else as text. */
function order(a: unknown, b: unknown): number {
  const [left, right] = [comparable(a), comparable(b)];
  if (typeof left !== typeof right) return typeof left === "number" ? -1 : 1;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function comparable(value: unknown): number | string {
  if (value === undefined || value === null) return Number.NEGATIVE_INFINITY;
  if (typeof value === "number") return value;
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : toText(value);
}

function sortBy(items: readonly unknown[], path: unknown): unknown[] {
  return items.toSorted((a, b) => order(memberAt(a, path), memberAt(b, path)));
}

/** Of a list: sorted by a member (Django). Of an object: its pairs, sorted by key, or by value (nunjucks). */
function dictSort(value: unknown, by: unknown, direction: unknown): unknown {
  if (!isPlainObject(value)) return sortBy(toList(value), by);
  const index = direction === "value" ? 1 : 0;
  const isCaseSensitive = by === true;
  const key = (pair: readonly unknown[]): unknown => foldCase(pair[index], isCaseSensitive);
  return Object.entries(value).toSorted((a, b) => order(key(a), key(b)));
}

function foldCase(value: unknown, isCaseSensitive: boolean): unknown {
  return typeof value === "string" && !isCaseSensitive ? value.toLowerCase() : value;
}

/** The members of each group, by what `path` leads to. */
function groupBy(value: unknown, path: unknown): Map<string, unknown[]> {
  return Map.groupBy(toList(value), (item) => toText(memberAt(item, path)));
}

/** What is in `value`, or that member of each. */
function valuesIn(value: unknown, attribute: unknown): readonly unknown[] {
  const items = toList(value);
  return attribute === undefined ? items : items.map((item) => memberAt(item, attribute));
}

/** Items are escaped unless they are safe, and so is what stands between them. */
function join(items: readonly unknown[], separator: unknown, write: Escape): SafeString {
  return markSafe(items.map((item) => write(item)).join(write(separator)));
}

/** Django's `"1:3"`, as in Python; with a number nunjucks' way: that many lists, `fill` at the end of short ones. */
function slice(value: unknown, argument: unknown, fill?: unknown): unknown {
  if (typeof argument === "number") return columns(toList(value), argument, fill);
  const parts = toText(argument).split(":");
  const numbers = parts.map((part) => (part.trim() === "" ? undefined : toInteger(part)));
  if (parts.some((part, index) => part.trim() !== "" && numbers[index] === undefined)) return value;
  const [first, second, step] = numbers;
  const isOfText = isText(value);
  const items = toList(value);
  const chosen = parts.length === 1 ? items.slice(0, first) : pick(items, first, second, step ?? 1);
  if (!isOfText) return chosen;
  return value instanceof SafeString ? markSafe(chosen.join("")) : chosen.join("");
}

function pick(
  items: readonly unknown[],
  start: number | undefined,
  end: number | undefined,
  step: number,
): unknown[] {
  if (step > 0) return items.slice(start, end).filter((_item, index) => index % step === 0);
  if (step === 0) return [...items];
  const from =
    start === undefined
      ? items.length - 1
      : start < 0
        ? items.length + start
        : Math.min(start, items.length - 1);
  const to = end === undefined ? -1 : end < 0 ? items.length + end : end;
  const chosen: unknown[] = [];
  for (let index = from; index > to && index >= 0; index += step) chosen.push(items[index]);
  return chosen;
}

function columns(items: readonly unknown[], count: number, fill: unknown): unknown[][] {
  const size = Math.floor(items.length / count);
  const longer = items.length % count;
  return Array.from({ length: count }, (_none, index) => {
    const start = index * size + Math.min(index, longer);
    const column = items.slice(start, start + size + (index < longer ? 1 : 0));
    return fill !== undefined && index >= longer && longer > 0 ? [...column, fill] : column;
  });
}

/** `sort(reverse, case_sensitive, attribute)`, each also by its name. */
function sort(value: unknown, ...args: readonly unknown[]): unknown[] {
  const last = args.at(-1);
  const named = isPlainObject(last) ? last : {};
  const [
    reverse = named.reverse,
    caseSensitive = named.case_sensitive,
    attribute = named.attribute,
  ] = isPlainObject(last) ? args.slice(0, -1) : args;
  const key = (item: unknown): unknown =>
    foldCase(attribute === undefined ? item : memberAt(item, attribute), isTrue(caseSensitive));
  const sign = isTrue(reverse) ? -1 : 1;
  return toList(value).toSorted((a, b) => sign * order(key(a), key(b)));
}

function sum(value: unknown, attribute?: unknown, start: unknown = 0): number {
  return valuesIn(value, attribute).reduce(
    (total: number, item) => total + (toFloat(item) ?? 0),
    toFloat(start) ?? 0,
  );
}
