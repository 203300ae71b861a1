/**
 * The tags of the library: built in, or the project's own.
 *
 * Layer 5 (templates). Errors: what a tag throws is the `cause` of a `TemplateError` at its place.
 */
import type { TagContext, TemplateTag } from "../conf/template-engine.ts";
import { SafeString } from "../utils/safe-string.ts";
import type { Compilation } from "./compilation.ts";
import { TemplateDoesNotExist, TemplateError } from "./errors.ts";
import {
  type CompiledTemplate,
  Context,
  type Evaluate,
  Frame,
  type Render,
  Scope,
} from "./frame.ts";
import { renderRoot } from "./inheritance.ts";
import { MISSING } from "./member-lookup.ts";
import { writeValue } from "./output.ts";
import { compileStructural } from "./structural-tags.ts";
import type { TagNode } from "./syntax-tree.ts";

export function compileTag(on: Compilation, node: TagNode): Render {
  const structural = compileStructural(on, node);
  if (structural !== undefined) return structural;
  const tag = on.library.tags.get(node.name);
  if (tag === undefined) return () => "";
  referToUrl(on, node);
  const value =
    tag.kind === "inclusion" ? compileInclusion(on, node, tag) : compileRun(on, node, tag);
  const { target } = node;
  if (target === undefined) return (frame) => writeValue(value(frame), frame.autoescape);
  return (frame) => {
    frame.assign(target, value(frame));
    return "";
  };
}

/** `{% url "name" as there %}` asks whether there is such a name. */
function referToUrl(on: Compilation, { name, args, target }: TagNode): void {
  const [first] = args;
  if (name === "url" && first !== undefined) on.refer("url", first, target !== undefined);
}

function compileRun(on: Compilation, node: TagNode, tag: TemplateTag): Evaluate {
  const args = node.args.map((arg) => on.expression(arg));
  const named = node.keywords.map(({ name, value }) => ({ name, value: on.expression(value) }));
  const body = node.body === undefined ? undefined : on.body(node.body);
  return on.at(node, (frame) => {
    const values = args.map((arg) => arg(frame));
    if (named.length > 0)
      values.push(Object.fromEntries(named.map(({ name, value }) => [name, value(frame)])));
    // Before the tag runs, so that errors in there have their own place.
    if (body !== undefined) values.unshift(new SafeString(body(frame)));
    const result = tag.run(contextFor(frame, node), ...values);
    if (result instanceof Promise)
      throw new TypeError("the tag returned a promise, and templates cannot wait");
    return result;
  });
}

/** The tag gives a context, its template is rendered with that and nothing else but the globals and the request. */
function compileInclusion(on: Compilation, node: TagNode, tag: TemplateTag): Evaluate {
  const run = compileRun(on, node, tag);
  const render = (template: CompiledTemplate, layer: object): Render =>
    on.calling("included by", node, ({ rendering, autoescape }) => {
      const context = new Context([layer, rendering.globals]);
      context.add(template);
      return renderRoot(
        template,
        new Frame({ rendering, context, autoescape, scope: new Scope(), isTopLevel: true }),
      );
    });
  return (frame) => {
    const layer = Object(run(frame));
    return new SafeString(render(load(on, node, tag, frame), layer)(frame));
  };
}

function load(
  on: Compilation,
  node: TagNode,
  { template }: TemplateTag,
  frame: Frame,
): CompiledTemplate {
  try {
    return frame.rendering.load(template, on.source);
  } catch (error) {
    if (error instanceof TemplateDoesNotExist)
      throw new TemplateDoesNotExist(error.names, error.tried, {
        source: on.source,
        position: node,
      });
    const located = on.located(error, node);
    throw located === error && error instanceof TemplateError
      ? error.addCaller("included by", on.source, node)
      : located;
  }
}

function contextFor(frame: Frame, node: TagNode): TagContext {
  const { memory } = frame.context;
  return {
    request: frame.rendering.request,
    isAssigned: node.target !== undefined,
    get(name) {
      const value = frame.find(name);
      return value === MISSING ? undefined : value;
    },
    remember<Value>(create: () => Value): Value {
      if (!memory.has(node)) memory.set(node, create());
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each place in a template has one tag, which always remembers the same kind of value
      return memory.get(node) as Value;
    },
  };
}
