/**
 * What every template can name: `range`, `cycler`, `joiner`, `True`, `False`, `None`, and the project's globals.
 *
 * Layer 5 (templates). Pure. Source: nunjucks 3.2.4 src/globals.js.
 */
import type { TemplateOptions } from "../conf/template-engine.ts";

/** More numbers than that are a mistake, and would take the server's memory. */
const LONGEST_RANGE = 1_000_000;

export function globalsOf({ globals = {} }: TemplateOptions): object {
  return { True: true, False: false, None: null, range, cycler, joiner, ...globals };
}

/** `range(5)`, `range(1, 5)`, `range(5, 1, -2)`: as in Python. */
function range(start: number, stop?: number, step: number = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new RangeError("the step of range() is 0");
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!(length <= LONGEST_RANGE))
    throw new RangeError(`range() of ${length} numbers; at most ${LONGEST_RANGE}`);
  return Array.from({ length }, (_none, index) => from + index * step);
}

/** Goes through its items again and again: `{% set rows = cycler("odd", "even") %}`, `rows.next()`. */
class Cycler {
  readonly #items: readonly unknown[];
  #index = -1;

  constructor(items: readonly unknown[]) {
    this.#items = items;
  }

  get current(): unknown {
    return this.#index < 0 ? null : this.#items[this.#index];
  }

  next(): unknown {
    this.#index = (this.#index + 1) % this.#items.length;
    return this.current;
  }

  reset(): void {
    this.#index = -1;
  }
}

function cycler(...items: readonly unknown[]): Cycler {
  return new Cycler(items);
}

/** Nothing the first time, `separator` from then on. */
function joiner(separator: unknown = ","): () => unknown {
  let isFirst = true;
  return () => {
    const text = isFirst ? "" : separator;
    isFirst = false;
    return text;
  };
}
