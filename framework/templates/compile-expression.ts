/**
 * Expressions of templates, as functions of a frame.
 *
 * Layer 5 (templates).
 */
import { SafeString } from "../utils/safe-string.ts";
import { compileCall, compileFilter, compileIs } from "./calls.ts";
import type { Compilation, Loudness } from "./compilation.ts";
import type { Evaluate } from "./frame.ts";
import { Macro, planMacro } from "./macro.ts";
import { BINARY, compare, UNARY } from "./operators.ts";
import type {
  BinaryNode,
  CompareNode,
  DictNode,
  Expression,
  InlineIfNode,
  SequenceNode,
} from "./syntax-tree.ts";
import { isTrue } from "./truth.ts";
import { compileLookup, compileSymbol } from "./variables.ts";

export function compileExpression(on: Compilation, node: Expression, loudness: Loudness): Evaluate {
  switch (node.typename) {
    case "Symbol":
      return compileSymbol(on, node, loudness);
    case "LookupVal":
      return compileLookup(on, node, loudness);
    case "Literal":
      return () => node.value;
    case "FunCall":
      return compileCall(on, node);
    case "Filter":
      return compileFilter(on, node);
    case "Is":
      return compileIs(on, node);
    case "InlineIf":
      return compileInlineIf(on, node, loudness);
    case "Compare":
      return compileCompare(on, node);
    case "Group":
    case "Array":
      return compileSequence(on, node, loudness);
    case "Dict":
    case "KeywordArgs":
      return compileDict(on, node);
    case "Capture": {
      const body = on.body(node.body);
      return (frame) => new SafeString(body(frame));
    }
    case "Caller": {
      const plan = planMacro(on, node);
      return (frame) => new Macro(plan, frame, frame.scope);
    }
    case "Neg":
    case "Not":
    case "Pos":
      return compileUnary(on, node.typename, node.target);
    default:
      return compileBinary(on, node, loudness);
  }
}

function compileUnary(on: Compilation, name: "Neg" | "Not" | "Pos", node: Expression): Evaluate {
  const target = on.expression(node, name === "Not" ? "asked" : "loud");
  const operator = UNARY[name];
  return (frame) => operator(target(frame));
}

function compileBinary(on: Compilation, node: BinaryNode, loudness: Loudness): Evaluate {
  if (node.typename === "And" || node.typename === "Or") {
    // The left side is a question; the right side is one where the whole is.
    const left = on.expression(node.left, loudness === "quiet" ? "quiet" : "asked");
    const right = on.expression(node.right, loudness);
    const stopsAt = node.typename === "Or";
    return (frame) => {
      const value = left(frame);
      return isTrue(value) === stopsAt ? value : right(frame);
    };
  }
  const operator = BINARY[node.typename];
  const left = on.expression(node.left);
  const right = on.expression(node.right);
  return on.at(node, (frame) => operator(left(frame), right(frame)));
}

/** `a < b < c` is `a < b and b < c`. */
function compileCompare(on: Compilation, node: CompareNode): Evaluate {
  const first = on.expression(node.expr);
  const others = node.ops.map(({ type, expr }) => ({ type, value: on.expression(expr) }));
  return (frame) => {
    let left = first(frame);
    for (const { type, value } of others) {
      const right = value(frame);
      if (!compare(type, left, right)) return false;
      left = right;
    }
    return true;
  };
}

function compileInlineIf(on: Compilation, node: InlineIfNode, loudness: Loudness): Evaluate {
  const condition = on.expression(node.cond, "asked");
  const body = on.expression(node.body, loudness);
  const otherwise = node.else_ === null ? () => "" : on.expression(node.else_, loudness);
  return (frame) => (isTrue(condition(frame)) ? body(frame) : otherwise(frame));
}

/** Parentheses around one expression only group. */
function compileSequence(on: Compilation, node: SequenceNode, loudness: Loudness): Evaluate {
  const [only] = node.children;
  if (node.typename === "Group" && only !== undefined && node.children.length === 1)
    return on.expression(only, loudness);
  const items = node.children.map((child) => on.expression(child));
  return (frame) => items.map((item) => item(frame));
}

function compileDict(on: Compilation, node: DictNode): Evaluate {
  const pairs = node.children.flatMap(({ key, value }): [string, Evaluate][] => {
    if (key.typename === "Symbol" || (key.typename === "Literal" && typeof key.value === "string"))
      return [[String(key.value), on.expression(value)]];
    on.report("the keys of a dictionary are names or strings", key);
    return [];
  });
  // Not assigned one by one: then `__proto__` would be more than a key.
  return (frame) => Object.fromEntries(pairs.map(([key, value]) => [key, value(frame)]));
}
