/**
 * Things by the text that a path must go on with. Asking costs one look-up for each length that such a text has.
 *
 * Layer 3 (urls). Pure.
 */
import { getOrInsert } from "../utils/get-or-insert.ts";

export class PrefixTable<Value> {
  readonly #byLength = new Map<number, Map<string, Value[]>>();

  add(prefix: string, value: Value): void {
    const table = getOrInsert(this.#byLength, prefix.length, () => new Map<string, Value[]>());
    getOrInsert(table, prefix, () => []).push(value);
  }

  /** All lists of values whose prefix `path` has at `start`. */
  *at(path: string, start: number): Generator<readonly Value[]> {
    for (const [length, table] of this.#byLength) {
      const found = table.get(path.slice(start, start + length));
      if (found !== undefined) yield found;
    }
  }
}
