/**
 * `{% for item in items %}…{% else %}…{% endfor %}`.
 *
 * Layer 5 (templates). Differs from nunjucks: iterables of every kind, keys of an object where one name is given, `else`
 * also for an iterable without anything in it; `loop.parent`.
 */
import { describeValue } from "../utils/describe.ts";
import type { Compilation } from "./compilation.ts";
import type { Frame, Render } from "./frame.ts";
import { MISSING } from "./member-lookup.ts";
import type { ForNode } from "./syntax-tree.ts";
import { toList, toPairs } from "./truth.ts";

/** What `loop` is inside of a loop. */
class Loop {
  /** From 0. */
  index0 = 0;
  readonly length: number;
  /** The `loop` of the loop around this one. */
  readonly parent: unknown;

  constructor(length: number, parent: unknown) {
    this.length = length;
    this.parent = parent;
  }

  /** From 1. */
  get index(): number {
    return this.index0 + 1;
  }

  get revindex(): number {
    return this.length - this.index0;
  }

  get revindex0(): number {
    return this.length - this.index0 - 1;
  }

  get first(): boolean {
    return this.index0 === 0;
  }

  get last(): boolean {
    return this.index0 === this.length - 1;
  }
}

export function compileFor(on: Compilation, node: ForNode): Render {
  const source = on.expression(node.arr);
  const body = on.body(node.body);
  const otherwise = node.else_ === null ? () => "" : on.body(node.else_);
  const names =
    node.name.typename === "Symbol"
      ? [on.nameOf(node.name)]
      : node.name.children.map((name) => on.nameOf(name));
  const [only = ""] = names;
  const bind =
    names.length === 1
      ? (item: unknown, frame: Frame): unknown => frame.scope.names.set(only, item)
      : (item: unknown, frame: Frame): void => bindEach(names, item, frame);
  const list = names.length === 1 ? toList : toPairs;
  const items = on.at(node.arr, (frame) => list(source(frame)));
  return (frame) => {
    const all = items(frame);
    return frame.nested(() => (all.length === 0 ? otherwise(frame) : repeat(all, frame)));
  };

  function repeat(all: readonly unknown[], frame: Frame): string {
    const outer = frame.scope.find("loop");
    const loop = new Loop(all.length, outer === MISSING ? undefined : outer);
    frame.scope.names.set("loop", loop);
    let text = "";
    for (const item of all) {
      bind(item, frame);
      text += body(frame);
      loop.index0 += 1;
    }
    return text;
  }

  function bindEach(names: readonly string[], item: unknown, frame: Frame): void {
    if (typeof item !== "object" || item === null || !(Symbol.iterator in item))
      throw on.error(
        `the loop takes ${names.length} values at a time, found ${describeValue(item)}`,
        node.arr,
      );
    const values = toList(item);
    for (const [index, name] of names.entries()) frame.scope.names.set(name, values[index]);
  }
}
