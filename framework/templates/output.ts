/**
 * `{{ expression }}`: from a value to text.
 *
 * Layer 5 (templates). Escaping: Django's five characters. Nothing (`undefined`, `null`) is written as nothing.
 */
import { conditionalEscape, toText } from "../utils/safe-string.ts";
import type { Compilation } from "./compilation.ts";
import type { Frame, Render } from "./frame.ts";
import { Macro } from "./macro.ts";
import type { Expression, OutputNode } from "./syntax-tree.ts";
import { describe } from "./variables.ts";

export function compileOutput(on: Compilation, node: OutputNode): Render {
  return joinParts(
    node.children.map((child): Render => {
      if (child.typename !== "TemplateData") return compileValue(on, child);
      const text = child.value;
      return () => text;
    }),
  );
}

function compileValue(on: Compilation, node: Expression): Render {
  const value = on.expression(node);
  // What {% filter %} encloses is HTML, so what the filter makes of it is.
  if (node.typename === "Filter" && node.args.children[0]?.typename === "Capture")
    return (frame) => toText(value(frame));
  return on.at(placeOf(node), (frame) => write(on, node, value(frame), frame));
}

function write(on: Compilation, node: Expression, value: unknown, frame: Frame): string {
  if (typeof value === "string" && !frame.autoescape) return value;
  if (typeof value === "function" || value instanceof Macro) {
    if (!frame.rendering.isStrict) return "";
    throw on.error(`${describe(node)} is a function: call it with ()`, placeOf(node));
  }
  if (value instanceof Promise)
    throw on.error(
      `${describe(node)} is a promise, and templates cannot wait: await it in the view`,
      placeOf(node),
    );
  return writeValue(value, frame.autoescape);
}

/** As `{{ }}` writes a value. */
export function writeValue(value: unknown, autoescape: boolean): string {
  if (autoescape) return conditionalEscape(value);
  return toText(value);
}

/** Where a person would point: nunjucks has a member at its dot. */
function placeOf(node: Expression): Expression {
  return node.typename === "LookupVal" && node.val.typename === "Literal" ? node.val : node;
}

export function joinParts(parts: readonly Render[]): Render {
  const [first, second] = parts;
  if (first === undefined) return () => "";
  if (second === undefined) return first;
  return (frame) => {
    let text = "";
    for (const part of parts) text += part(frame);
    return text;
  };
}
