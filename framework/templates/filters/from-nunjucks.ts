/**
 * The filters of nunjucks that Django has no other of: `abs`, `batch`, `capitalize`, `dump`, `float`, `indent`, `int`,
 * `list`, `nl2br`, `replace`, `reverse`, `round`, `string`, `trim`, `truncate`.
 *
 * Layer 5 (templates). None of them reaches a member of a value by its name. Differs from nunjucks: missing values are
 * empty text instead of errors; what `replace` makes is to be escaped, since it may hold anything.
 */
import nunjucks from "nunjucks";
import type { TemplateFilter } from "../../conf/template-engine.ts";
import { isText, SafeString } from "../../utils/safe-string.ts";
import { toList } from "../truth.ts";
import { type Filters, safeTextFilter, textFilter, toFloat, toInteger } from "./text.ts";

const library = new nunjucks.Environment(null);

/** Plain text in, plain text out: what was safe stays so. */
function ofText(name: string): TemplateFilter {
  const filter = library.getFilter(name);
  return safeTextFilter((text, ...args) => plain(filter(text, ...args)));
}

/** nunjucks has safe strings of its own. */
function plain(value: unknown): unknown {
  return value instanceof nunjucks.runtime.SafeString ? value.toString() : value;
}

export const NUNJUCKS_FILTERS: Filters = {
  abs: (value: unknown) => Math.abs(toFloat(value) ?? Number.NaN),
  batch: (value: unknown, size: unknown, fill?: unknown) =>
    library.getFilter("batch")(toList(value), size, fill),
  capitalize: ofText("capitalize"),
  dump: (value: unknown, spaces?: unknown) => library.getFilter("dump")(value, spaces),
  float: (value: unknown, fallback?: unknown) => toFloat(value) ?? fallback,
  indent: ofText("indent"),
  int: (value: unknown, fallback?: unknown) => toInteger(toFloat(value)) ?? fallback,
  list: (value: unknown) =>
    library.getFilter("list")(value instanceof SafeString ? value.toString() : value),
  nl2br: ofText("nl2br"),
  replace: textFilter((text, ...args) => plain(library.getFilter("replace")(text, ...args))),
  reverse: (value: unknown) =>
    isText(value) ? Array.from(String(value)).toReversed().join("") : toList(value).toReversed(),
  round: (value: unknown, precision?: unknown, method?: unknown) =>
    library.getFilter("round")(toFloat(value), toInteger(precision), method),
  string: safeTextFilter((text) => text),
  trim: safeTextFilter((text) => text.trim()),
  truncate: ofText("truncate"),
};
