/**
 * From the text of a template to something that can be rendered.
 *
 * Layer 5 (templates). Pure. Errors: `TemplateSyntaxError`; `inspectSource` collects them instead.
 */
import { Compilation, type Library, type Reference } from "./compilation.ts";
import { compileExpression } from "./compile-expression.ts";
import { compileTag } from "./compile-tag.ts";
import { TemplateSyntaxError, type TemplateSource } from "./errors.ts";
import type { CompiledTemplate, Render } from "./frame.ts";
import {
  compileBlock,
  compileExtends,
  compileFromImport,
  compileImport,
  compileInclude,
} from "./inheritance.ts";
import { compileFor } from "./loop.ts";
import { Macro, planMacro } from "./macro.ts";
import { compileOutput, joinParts } from "./output.ts";
import { parseTemplate, type TagShapes } from "./parser.ts";
import { STRUCTURAL_TAGS } from "./structural-tags.ts";
import type { IfNode, MacroNode, NodeList, SetNode, Statement, SwitchNode } from "./syntax-tree.ts";
import { isTrue, unwrap } from "./truth.ts";

/** Throws the first `TemplateSyntaxError`. */
export function compileTemplate(source: TemplateSource, library: Library): CompiledTemplate {
  const root = parseTemplate(source, tagShapes(library));
  const on = compilation(source, library, (error) => {
    throw error;
  });
  return { source, root: on.body(root), blocks: on.blocks };
}

/** Everything that is wrong with a template by itself, and what it refers to elsewhere. */
export function inspectSource(
  source: TemplateSource,
  library: Library,
): { readonly errors: readonly TemplateSyntaxError[]; readonly references: readonly Reference[] } {
  const errors: TemplateSyntaxError[] = [];
  const on = compilation(source, library, (error) => void errors.push(error));
  try {
    on.body(parseTemplate(source, tagShapes(library)));
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    errors.push(error);
  }
  return { errors, references: on.references };
}

function compilation(
  source: TemplateSource,
  library: Library,
  report: (error: TemplateSyntaxError) => void,
): Compilation {
  return new Compilation(source, library, {
    expression: compileExpression,
    body: compileBody,
    report,
  });
}

function tagShapes({ tags }: Library): TagShapes {
  const shapes = [...tags].map(
    ([name, { kind }]) => [name, { hasBody: kind === "block" }] as const,
  );
  return new Map([...shapes, ...STRUCTURAL_TAGS]);
}

function compileBody(on: Compilation, node: NodeList): Render {
  return joinParts(node.children.map((child) => compileStatement(on, child)));
}

function compileStatement(on: Compilation, node: Statement): Render {
  switch (node.typename) {
    case "NodeList":
    case "Root":
      return on.body(node);
    case "Output":
      return compileOutput(on, node);
    case "If":
      return compileIf(on, node);
    case "For":
      return compileFor(on, node);
    case "Set":
      return compileSet(on, node);
    case "Switch":
      return compileSwitch(on, node);
    case "Block":
      return compileBlock(on, node);
    case "Extends":
      return compileExtends(on, node);
    case "Include":
      return compileInclude(on, node);
    case "Import":
      return compileImport(on, node);
    case "FromImport":
      return compileFromImport(on, node);
    case "Macro":
      return compileMacro(on, node);
    case "Tag":
      return compileTag(on, node);
    default:
      on.report("templates do not wait: write {% if %} or {% for %}, and await in the view", node);
      return () => "";
  }
}

function compileIf(on: Compilation, node: IfNode): Render {
  const condition = on.expression(node.cond, "asked");
  const body = on.body(node.body);
  const otherwise = node.else_ === null ? () => "" : compileStatement(on, node.else_);
  return (frame) => (isTrue(condition(frame)) ? body(frame) : otherwise(frame));
}

function compileSet(on: Compilation, node: SetNode): Render {
  const value = on.expression(node.value ?? node.body);
  const names = node.targets.map((target) => on.nameOf(target));
  return (frame) => {
    const result = value(frame);
    for (const name of names) frame.assign(name, result);
    return "";
  };
}

/** An empty case goes on with the next one's body. */
function compileSwitch(on: Compilation, node: SwitchNode): Render {
  const subject = on.expression(node.expr);
  const cases = node.cases.map(({ cond, body }) => ({
    value: on.expression(cond),
    body: body.children.length === 0 ? undefined : on.body(body),
  }));
  const otherwise = node.default === null ? () => "" : on.body(node.default);
  return (frame) => {
    const value = unwrap(subject(frame));
    const index = cases.findIndex((one) => unwrap(one.value(frame)) === value);
    if (index < 0) return otherwise(frame);
    const chosen = cases.slice(index).find((one) => one.body !== undefined)?.body ?? otherwise;
    return chosen(frame);
  };
}

function compileMacro(on: Compilation, node: MacroNode): Render {
  const plan = planMacro(on, node);
  const name = on.nameOf(node.name);
  return (frame) => {
    frame.assign(name, new Macro(plan, frame));
    return "";
  };
}
