/**
 * The tests of templates: `{% if value is even %}`.
 *
 * Layer 5 (templates). Pure. Source: nunjucks 3.2.4 src/tests.js, and `none`, `true`, `false` of Jinja.
 */
import type { TemplateTest } from "../conf/template-engine.ts";
import { isText, SafeString } from "../utils/safe-string.ts";
import { Macro } from "./macro.ts";
import { isTrue, unwrap } from "./truth.ts";

const is = (value: unknown, other: unknown): boolean => unwrap(value) === unwrap(other);
const isGreater = (value: number, other: number): boolean => value > other;
const isLess = (value: number, other: number): boolean => value < other;

export const TESTS: Readonly<Record<string, TemplateTest>> = {
  callable: (value: unknown) => typeof value === "function" || value instanceof Macro,
  defined: (value: unknown) => value !== undefined,
  divisibleby: (value: number, by: number) => value % by === 0,
  eq: is,
  equalto: is,
  escaped: (value: unknown) => value instanceof SafeString,
  even: (value: number) => value % 2 === 0,
  false: (value: unknown) => value === false,
  falsy: (value: unknown) => !isTrue(value),
  ge: (value: number, other: number) => value >= other,
  greaterthan: isGreater,
  gt: isGreater,
  iterable: (value: unknown) =>
    value !== null && value !== undefined && Symbol.iterator in Object(value),
  le: (value: number, other: number) => value <= other,
  lessthan: isLess,
  lower: (value: unknown) => String(value).toLowerCase() === String(value),
  lt: isLess,
  mapping: (value: unknown) =>
    typeof value === "object" && value !== null && !(value instanceof Set) && !Array.isArray(value),
  ne: (value: unknown, other: unknown) => !is(value, other),
  none: (value: unknown) => value === null,
  null: (value: unknown) => value === null,
  number: (value: unknown) => typeof value === "number",
  odd: (value: number) => Math.abs(value % 2) === 1,
  sameas: is,
  string: (value: unknown) => isText(value),
  true: (value: unknown) => value === true,
  truthy: isTrue,
  undefined: (value: unknown) => value === undefined,
  upper: (value: unknown) => String(value).toUpperCase() === String(value),
};
