/**
 * How an object looks in `console.log`.
 *
 * Layer 0. Why a function: `isolatedDeclarations` refuses `[inspect.custom]()` as a member of an exported class.
 */
import { inspect } from "node:util";

/** From now on `console.log` of an instance of `type` shows what `view` returns for it. */
export function inspectAs<Instance extends object>(
  type: { readonly prototype: Instance },
  view: (instance: Instance) => unknown,
): void {
  Object.defineProperty(type.prototype, inspect.custom, {
    value(this: Instance): unknown {
      return view(this);
    },
  });
}
