/**
 * How an object looks in `console.log`.
 *
 * Layer 0. Why a function: `isolatedDeclarations` refuses `[inspect.custom]()` as a member of an exported class.
 */
import { inspect, type InspectOptions } from "node:util";

/** Shows a part of the object as `console.log` would: same colours, same depth. */
export type Inspect = (value: unknown) => string;

/**
 * From now on `console.log` of an instance of `type` shows what `view` returns for it. The parts are shown by whoever
 * asks: an error page's way of looking leaves secrets out.
 */
export function inspectAs<Instance extends object>(
  type: { readonly prototype: Instance },
  view: (instance: Instance, inspect: Inspect) => unknown,
): void {
  Object.defineProperty(type.prototype, inspect.custom, {
    value(
      this: Instance,
      _depth: number,
      options: InspectOptions,
      show: (value: unknown, options: InspectOptions) => string = inspect,
    ): unknown {
      return view(this, (value) => show(value, options));
    },
  });
}
