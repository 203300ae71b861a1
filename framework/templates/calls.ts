/**
 * Calls in templates: of functions, filters, tests and macros, with arguments that have names and arguments that have
 * none.
 *
 * Layer 5 (templates). Errors: what was called and failed is the `cause` of a `TemplateError` at the place of the call.
 */
import { describeValue } from "../utils/describe.ts";
import { escapeHtml } from "../utils/html.ts";
import { markSafe, SafeString } from "../utils/safe-string.ts";
import type { Compilation } from "./compilation.ts";
import { unescapedForm } from "./filters/text.ts";
import type { Evaluate, Frame } from "./frame.ts";
import { Macro } from "./macro.ts";
import { NamedArguments } from "./named-arguments.ts";
import type {
  ArgumentsNode,
  CallNode,
  DictNode,
  Expression,
  FilterNode,
  IsNode,
  LiteralNode,
} from "./syntax-tree.ts";
import { describe } from "./variables.ts";

/** `f(a, b=c)`. */
export function compileCall(on: Compilation, node: CallNode): Evaluate {
  if (node.name.typename === "Symbol" && node.name.value === "super") return compileSuper(on, node);
  const callee = on.expression(node.name);
  const args = compileArguments(on, node.args);
  const callMacro = (macro: Macro, values: readonly unknown[], frame: Frame): unknown =>
    on.calling("called by", node.name, () => macro.call(values, frame))(frame);
  const place = node.name.typename === "LookupVal" ? node.name.val : node.name;
  return on.at(place, (frame) => {
    const called = callee(frame);
    if (called instanceof Macro) return callMacro(called, args(frame), frame);
    if (typeof called !== "function")
      throw on.error(
        `${describe(node.name)} cannot be called: it is ${describeValue(called)}`,
        place,
      );
    return settled(Reflect.apply(called, undefined, plain(args(frame))));
  });
}

/** `super()`: the same block of the template that this one extends. */
function compileSuper(on: Compilation, node: CallNode): Evaluate {
  const name = on.blockName;
  if (name === undefined) {
    on.report("super() stands outside of a block", node.name);
    return () => undefined;
  }
  return on.calling("super() of", node.name, (frame) => {
    const blocks = frame.context.blocks.get(name) ?? [];
    const own = blocks.findIndex((block) => block.source === on.source);
    const next = blocks[own + 1];
    if (next === undefined)
      throw on.error(
        `super() has nothing to stand for: no template above has a block ${name}`,
        node.name,
      );
    return new SafeString(next.body(frame.within(frame.scope)));
  });
}

/** `value | name(a, b=c)`. */
export function compileFilter(on: Compilation, node: FilterNode): Evaluate {
  const { value: name } = node.name;
  const { filters } = on.library;
  const filter = filters.get(name);
  if (filter === undefined) {
    on.reportUnknown("filter", name, filters.keys(), node.name);
    return () => undefined;
  }
  const [first, ...rest] = node.args.children;
  const value = first === undefined ? () => undefined : filteredValue(on, name, first);
  const args = compileArguments(on, {
    ...node.args,
    typename: "NodeList",
    children: HTML_LITERALS.has(name) ? rest.map(asHtml) : rest,
  });
  const unescaped = unescapedForm(filter);
  return on.at(node.name, (frame) => {
    const form = frame.autoescape ? filter : unescaped;
    return settled(form(value(frame), ...plain(args(frame))));
  });
}

/** The filters that are for what may be missing. */
const QUIET_FILTERS: ReadonlySet<string> = new Set(["d", "default", "default_if_none"]);

/** The filters whose arguments end up in the page: as in Django, what a template's author writes there is HTML. */
const HTML_LITERALS: ReadonlySet<string> = new Set(["d", "default", "default_if_none", "join"]);

function asHtml<Node extends DictNode | Expression>(node: Node): LiteralNode | Node {
  if (node.typename !== "Literal" || typeof node.value !== "string") return node;
  const { lineno, colno, value } = node;
  return escapeHtml(value) === value
    ? node
    : { typename: "Literal", lineno, colno, value: markSafe(value) };
}

function filteredValue(on: Compilation, name: string, node: Expression): Evaluate {
  return on.expression(node, QUIET_FILTERS.has(name) ? "quiet" : "loud");
}

/** `value is name(argument)`. */
export function compileIs(on: Compilation, node: IsNode): Evaluate {
  const right = node.right.typename === "FunCall" ? node.right.name : node.right;
  const name =
    right.typename === "Symbol" || right.typename === "Literal" ? String(right.value) : "";
  const test = on.library.tests.get(name);
  if (test === undefined) {
    on.reportUnknown("test", name, on.library.tests.keys(), right);
    return () => false;
  }
  const isQuiet = name === "defined" || name === "undefined";
  const left = on.expression(node.left, isQuiet ? "quiet" : "loud");
  const args =
    node.right.typename === "FunCall" ? compileArguments(on, node.right.args) : (): unknown[] => [];
  return on.at(right, (frame) => test(left(frame), ...plain(args(frame))));
}

/** Arguments without names, then, if there are any, those with names as one value. */
function compileArguments(
  on: Compilation,
  { children }: ArgumentsNode,
): (frame: Frame) => unknown[] {
  const args = children.map((child) =>
    child.typename === "KeywordArgs" ? compileNamed(on, child) : on.expression(child),
  );
  return (frame) => args.map((arg) => arg(frame));
}

function compileNamed(on: Compilation, node: DictNode): Evaluate {
  const dict = on.expression({ ...node, typename: "Dict", children: node.children });
  return (frame) => new NamedArguments(dict(frame));
}

/** For functions that know nothing of names: those arguments are one object at the end. */
export function plain(args: readonly unknown[]): unknown[] {
  return args.map((arg) => (arg instanceof NamedArguments ? arg.values : arg));
}

/** A template cannot wait. */
function settled(value: unknown): unknown {
  if (value instanceof Promise) {
    // Nobody will wait for it any more.
    value.catch(() => undefined);
    throw new TypeError("it returned a promise, and templates cannot wait: await it in the view");
  }
  return value;
}
