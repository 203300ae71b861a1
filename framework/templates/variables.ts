/**
 * Names and members in templates, and what is said when there are none.
 *
 * Layer 5 (templates). Errors: `VariableDoesNotExist`, where unknown names are errors (see `Loudness`).
 */
import { describeValue } from "../utils/describe.ts";
import { nearest } from "../utils/nearest.ts";
import type { Compilation, Loudness } from "./compilation.ts";
import { type Position, VariableDoesNotExist } from "./errors.ts";
import type { Evaluate, Frame } from "./frame.ts";
import { isDictionary, lookupMember, memberNames, MISSING } from "./member-lookup.ts";
import type { Expression, LookupNode, SymbolNode } from "./syntax-tree.ts";

/** `name`. */
export function compileSymbol(on: Compilation, node: SymbolNode, loudness: Loudness): Evaluate {
  const name = node.value;
  const fail = (frame: Frame): never => {
    throw unknownName(on, node, frame);
  };
  return (frame) => {
    const value = frame.find(name);
    if (value !== MISSING) return value;
    return frame.rendering.isStrict && loudness === "loud" ? fail(frame) : undefined;
  };
}

/** `target.name`, `target["name"]`, `target[expression]`. */
export function compileLookup(on: Compilation, node: LookupNode, loudness: Loudness): Evaluate {
  const target = on.expression(node.target, loudness === "quiet" ? "quiet" : "loud");
  const key = on.expression(node.val);
  // A computed key or an index asks what is there; a name that is written out says what must be.
  const isWritten = node.val.typename === "Literal" && typeof node.val.value === "string";
  const isLoud = loudness === "loud" && isWritten;
  return on.at(placeOf(node), (frame) => {
    const object = target(frame);
    const value = lookupMember(object, key(frame));
    if (value !== MISSING) return value;
    if (isLoud && frame.rendering.isStrict && !mayLack(object))
      throw unknownMember(on, node, object);
    return undefined;
  });
}

/** Nothing has members, and a dictionary has the keys it was given. */
function mayLack(object: unknown): boolean {
  return object === undefined || object === null || isDictionary(object);
}

/** Where the member's name stands. */
function placeOf(node: LookupNode): Position {
  return node.val.typename === "Literal" ? node.val : node;
}

function unknownName(on: Compilation, node: SymbolNode, frame: Frame): VariableDoesNotExist {
  const near = nearest(node.value, namesIn(frame));
  return doesNotExist(on, node, `${node.value} is not defined${hintFor(node.value, near, frame)}`);
}

function hintFor(name: string, near: string | undefined, frame: Frame): string {
  if (near !== undefined) return `; did you mean ${near}?`;
  if (name === "forloop") return "; the variables of a loop are in loop: loop.index, loop.first …";
  if (frame.context.isImported)
    return "; import the template {% … with context %} to see the names of this one";
  return "; if it may be missing, write default(…) or is defined";
}

function namesIn(frame: Frame): string[] {
  const names = Object.keys(frame.context.flatten());
  for (let scope: typeof frame.scope | undefined = frame.scope; scope; scope = scope.parent)
    names.push(...scope.names.keys());
  return names;
}

function unknownMember(on: Compilation, node: LookupNode, object: unknown): VariableDoesNotExist {
  const name = node.val.typename === "Literal" ? String(node.val.value) : "";
  const near = nearest(name, memberNames(object));
  const hint = near === undefined ? "" : `; did you mean ${describe(node.target)}.${near}?`;
  const what = `${describe(node)} is not defined: ${describe(node.target)} is ${describeValue(object)}`;
  return doesNotExist(on, placeOf(node), what + hint);
}

function doesNotExist(on: Compilation, position: Position, problem: string): VariableDoesNotExist {
  return new VariableDoesNotExist(problem, { source: on.source, position });
}

/** An expression as it stands in the template, roughly. */
export function describe(node: Expression): string {
  switch (node.typename) {
    case "Symbol":
      return node.value;
    case "Literal":
      return JSON.stringify(node.value);
    case "LookupVal":
      return `${describe(node.target)}${describeKey(node.val)}`;
    case "FunCall":
      return `${describe(node.name)}()`;
    default:
      return "the expression";
  }
}

function describeKey(key: Expression): string {
  if (key.typename !== "Literal") return `[${describe(key)}]`;
  return typeof key.value === "string" ? `.${key.value}` : `[${String(key.value)}]`;
}
