/**
 * Tags that change how the part which they enclose is rendered: `with`, `autoescape`.
 *
 * Layer 5 (templates). Source: Django template/defaulttags.py (`with`, `autoescape`).
 */
import type { Compilation } from "./compilation.ts";
import type { Render } from "./frame.ts";
import type { TagNode } from "./syntax-tree.ts";

export const STRUCTURAL_TAGS: readonly (readonly [string, { readonly hasBody: true }])[] = [
  ["autoescape", { hasBody: true }],
  ["with", { hasBody: true }],
];

/** `undefined` for every other tag. */
export function compileStructural(on: Compilation, node: TagNode): Render | undefined {
  if (node.name === "with") return compileWith(on, node);
  return node.name === "autoescape" ? compileAutoescape(on, node) : undefined;
}

/** `{% with total=business.total name="x" %}…{% endwith %}`. */
function compileWith(on: Compilation, node: TagNode): Render {
  const [argument] = node.args;
  if (argument !== undefined || node.keywords.length === 0)
    on.report(
      "{% with %} takes names and values: {% with total=business.total %}",
      argument ?? node,
    );
  const values = node.keywords.map(({ name, value }) => ({ name, value: on.expression(value) }));
  const body = bodyOf(on, node);
  return (frame) => {
    const named = values.map(({ name, value }) => [name, value(frame)] as const);
    return frame.nested((scope) => {
      for (const [name, value] of named) scope.names.set(name, value);
      return body(frame);
    });
  };
}

/** `{% autoescape off %}…{% endautoescape %}`. */
function compileAutoescape(on: Compilation, node: TagNode): Render {
  const [mode] = node.args;
  const word = mode?.typename === "Symbol" ? mode.value : undefined;
  if (word !== "on" && word !== "off") on.report("{% autoescape %} takes on or off", mode ?? node);
  const body = bodyOf(on, node);
  return (frame) => {
    const outer = frame.autoescape;
    frame.autoescape = word === "on";
    const text = body(frame);
    frame.autoescape = outer;
    return text;
  };
}

function bodyOf(on: Compilation, node: TagNode): Render {
  return node.body === undefined ? () => "" : on.body(node.body);
}
