/**
 * Templates that use other templates: `extends` and `block`, `include`, `import`.
 *
 * Layer 5 (templates). Errors: `TemplateDoesNotExist` at the place of the tag; what goes wrong in the other template
 * keeps its own place and learns who used it.
 */
import type { Compilation } from "./compilation.ts";
import { type Position, TemplateDoesNotExist, TemplateError } from "./errors.ts";
import {
  Context,
  type CompiledTemplate,
  Frame,
  type LoadOptions,
  type Render,
  Scope,
} from "./frame.ts";
import { lookupMember, MISSING } from "./member-lookup.ts";
import type {
  BlockNode,
  Expression,
  ExtendsNode,
  FromImportNode,
  ImportNode,
  IncludeNode,
} from "./syntax-tree.ts";

/** Renders a whole template, or what it extends, with the names of `frame`. */
export function renderRoot(template: CompiledTemplate, frame: Frame): string {
  frame.rendering.announce?.(template, frame.context);
  const text = template.root(frame);
  return frame.parent === undefined ? text : frame.parent(frame);
}

/** Finds the template that a tag names. */
function loader(
  on: Compilation,
  node: Position & { readonly template: Expression },
  how: string,
): (frame: Frame, options?: LoadOptions) => CompiledTemplate {
  const names = on.expression(node.template);
  const at = { source: on.source, position: node.template };
  return (frame, options) => {
    const wanted = names(frame);
    try {
      return frame.rendering.load(wanted, on.source, options);
    } catch (error) {
      if (error instanceof TemplateDoesNotExist)
        throw new TemplateDoesNotExist(error.names, error.tried, at);
      if (error instanceof TemplateError) throw error.addCaller(how, on.source, node);
      throw on.located(error, node.template);
    }
  };
}

export function compileExtends(on: Compilation, node: ExtendsNode): Render {
  on.refer("extends", node.template);
  if (on.blockName !== undefined) on.report("{% extends %} stands inside of a block", node);
  const load = loader(on, node, "extended by");
  return (frame) => {
    if (frame.parent !== undefined)
      throw on.error("the template extends another one already", node);
    const parent = load(frame, { except: frame.context.templates });
    frame.context.add(parent);
    frame.parent = on.calling("extended by", node, ({ rendering, context, autoescape, scope }) =>
      renderRoot(parent, new Frame({ rendering, context, autoescape, scope, isTopLevel: true })),
    );
    return "";
  };
}

export function compileBlock(on: Compilation, node: BlockNode): Render {
  const name = node.name.value;
  if (on.blocks.has(name)) on.report(`there are two blocks called ${name}`, node.name);
  const around = on.blockName;
  on.blockName = name;
  // Reserved before its body is compiled, so that a block of the same name in there is found out.
  on.blocks.set(name, { source: on.source, position: node, body: () => "" });
  on.blocks.set(name, { source: on.source, position: node, body: on.body(node.body) });
  on.blockName = around;
  const render: Render = (frame) =>
    frame.context.blocks.get(name)?.[0]?.body(frame.within(new Scope(frame.scope, true))) ?? "";
  const renderOther = on.calling(`block ${name} of`, node, render);
  return (frame) => {
    // A template that extends another one only gives it blocks.
    if (frame.parent !== undefined) return "";
    const isOwn = frame.context.blocks.get(name)?.[0]?.source === on.source;
    return isOwn ? render(frame) : renderOther(frame);
  };
}

export function compileInclude(on: Compilation, node: IncludeNode): Render {
  const isOptional = node.ignoreMissing === true;
  on.refer("include", node.template, isOptional);
  const load = loader(on, node, "included by");
  const render = (template: CompiledTemplate): Render =>
    on.calling("included by", node, (frame) => {
      const context = new Context(layersOf(frame));
      context.add(template);
      const { rendering, autoescape } = frame;
      const scope = new Scope(frame.scope, true);
      return renderRoot(
        template,
        new Frame({ rendering, context, scope, autoescape, isTopLevel: true }),
      );
    });
  return (frame) => {
    const template = isOptional ? loadIfThere(() => load(frame)) : load(frame);
    return template === undefined ? "" : render(template)(frame);
  };
}

function loadIfThere(load: () => CompiledTemplate): CompiledTemplate | undefined {
  try {
    return load();
  } catch (error) {
    if (error instanceof TemplateDoesNotExist) return undefined;
    throw error;
  }
}

/** What the template was given and what it has made itself. */
function layersOf({ context }: Frame): readonly object[] {
  return context.names.size === 0
    ? context.layers
    : [Object.fromEntries(context.names), ...context.layers];
}

/** `{% import "forms.html" as forms %}`. */
export function compileImport(on: Compilation, node: ImportNode): Render {
  const exported = compileExports(on, node);
  const target = on.nameOf(node.target);
  return (frame) => {
    frame.assign(target, exported(frame));
    return "";
  };
}

/** `{% from "forms.html" import field as input %}`. */
export function compileFromImport(on: Compilation, node: FromImportNode): Render {
  const exported = compileExports(on, node);
  const names = node.names.children.map((child) =>
    child.typename !== "Pair"
      ? { key: child, name: on.nameOf(child) }
      : { key: child.key, name: on.nameOf(child.value) },
  );
  return (frame) => {
    const values = exported(frame);
    for (const { key, name } of names) {
      const value = lookupMember(values, key.value);
      if (value === MISSING)
        throw on.error(`cannot import ${key.value}: the template does not define it`, key);
      frame.assign(name, value);
    }
    return "";
  };
}

/** What a template defines, save names that start with an underscore. */
function compileExports(
  on: Compilation,
  node: FromImportNode | ImportNode,
): (frame: Frame) => object {
  on.refer("import", node.template);
  const load = loader(on, node, "imported by");
  const exportsOf = (template: CompiledTemplate): ((frame: Frame) => object) =>
    on.calling("imported by", node, (frame) => {
      const layers = node.withContext === true ? layersOf(frame) : [frame.rendering.globals];
      const context = new Context(layers, node.withContext !== true);
      context.add(template);
      const { rendering, autoescape } = frame;
      renderRoot(
        template,
        new Frame({ rendering, context, autoescape, scope: new Scope(), isTopLevel: true }),
      );
      return Object.fromEntries([...context.names].filter(([name]) => !name.startsWith("_")));
    });
  return (frame) => exportsOf(load(frame))(frame);
}
