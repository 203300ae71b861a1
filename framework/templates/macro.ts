/**
 * `{% macro field(name, type="text") %}`: a part of a template that is called like a function.
 *
 * Layer 5 (templates). Source: nunjucks 3.2.4 src/runtime.js (`makeMacro`). An argument that is not given and has no
 * default is empty.
 */
import { SafeString } from "../utils/safe-string.ts";
import type { Compilation } from "./compilation.ts";
import { type Evaluate, Frame, type Render, Scope } from "./frame.ts";
import { NamedArguments } from "./named-arguments.ts";
import type { CallerNode, MacroNode } from "./syntax-tree.ts";

interface Parameter {
  readonly name: string;
  readonly fallback: Evaluate | undefined;
}

/** What is known of a macro before it has a frame. */
export interface MacroPlan {
  readonly parameters: readonly Parameter[];
  readonly body: Render;
}

export function planMacro(on: Compilation, node: CallerNode | MacroNode): MacroPlan {
  const parameters = node.args.children.flatMap((argument): Parameter[] => {
    if (argument.typename === "Symbol") return [{ name: argument.value, fallback: undefined }];
    if (argument.typename === "KeywordArgs" || argument.typename === "Dict")
      return argument.children.map(({ key, value }) => ({
        name: key.typename === "Symbol" ? key.value : "",
        fallback: on.expression(value),
      }));
    on.report("a macro's parameters are names, with or without a default", argument);
    return [];
  });
  return { parameters, body: on.body(node.body) };
}

/** Bound to the template it stands in: it sees that template's names, not those of its caller. */
export class Macro {
  readonly #plan: MacroPlan;
  readonly #home: Frame;
  readonly #scope: Scope | undefined;

  /** With `scope` (the body of `{% call %}`) it also sees the names around it. */
  constructor(plan: MacroPlan, home: Frame, scope?: Scope) {
    this.#plan = plan;
    this.#home = home;
    this.#scope = scope;
  }

  call(args: readonly unknown[], caller: { readonly autoescape: boolean }): SafeString {
    const last = args.at(-1);
    const named = last instanceof NamedArguments ? last : new NamedArguments({});
    const positional = last instanceof NamedArguments ? args.slice(0, -1) : args;
    const { rendering, context } = this.#home;
    const scope = new Scope(this.#scope, true);
    const frame = new Frame({ rendering, context, scope, autoescape: caller.autoescape });
    for (const [index, { name, fallback }] of this.#plan.parameters.entries()) {
      if (index < positional.length) scope.names.set(name, positional[index]);
      else if (named.has(name)) scope.names.set(name, named.values[name]);
      else scope.names.set(name, fallback?.(frame));
    }
    if (named.has("caller")) scope.names.set("caller", named.values.caller);
    return new SafeString(this.#plan.body(frame));
  }
}
