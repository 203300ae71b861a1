/**
 * Operators of template expressions, on values.
 *
 * Layer 5 (templates). Pure. As in nunjucks they are those of JavaScript, on plain strings where a string is safe.
 * Differs from nunjucks: `a < b < c` means what it says, and `in` sees no inherited member.
 */
import { contains, isTrue, unwrap } from "./truth.ts";
import type { BinaryName } from "./syntax-tree.ts";
import { toText } from "../utils/safe-string.ts";

/** Those that need both sides; `and` and `or` may not. */
export type EagerName = Exclude<BinaryName, "And" | "Or">;

// oxlint-disable-next-line typescript/no-explicit-any -- operators of templates work on whatever JavaScript's do
type Operator = (left: any, right: any) => unknown;

export const BINARY: Readonly<Record<EagerName, Operator>> = {
  Add: (left, right) => present(left, right) + present(right, left),
  Concat: (left, right) => toText(left) + toText(right),
  Div: (left, right) => left / right,
  FloorDiv: (left, right) => Math.floor(left / right),
  In: (left, right) => contains(right, left),
  Mod: (left, right) => left % right,
  Mul: (left, right) => left * right,
  Pow: (left, right) => left ** right,
  Sub: (left, right) => left - right,
};

const COMPARISONS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  // oxlint-disable-next-line eslint/eqeqeq -- nunjucks' == is JavaScript's
  ["==", (left, right) => left == right],
  ["===", (left, right) => left === right],
  // oxlint-disable-next-line eslint/eqeqeq -- as above
  ["!=", (left, right) => left != right],
  ["!==", (left, right) => left !== right],
  ["<", (left, right) => left < right],
  [">", (left, right) => left > right],
  ["<=", (left, right) => left <= right],
  [">=", (left, right) => left >= right],
]);

export function compare(operator: string, left: unknown, right: unknown): boolean {
  return COMPARISONS.get(operator)?.(unwrap(left), unwrap(right)) === true;
}

export const UNARY: Readonly<Record<"Neg" | "Not" | "Pos", (value: unknown) => unknown>> = {
  Neg: (value) => -Number(value),
  Not: (value) => !isTrue(value),
  Pos: (value) => Number(value),
};

/** Nothing beside a string is the empty string, not the word "undefined". */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
function present(value: any, other: unknown): any {
  return (value === undefined || value === null) && typeof unwrap(other) === "string" ? "" : value;
}
