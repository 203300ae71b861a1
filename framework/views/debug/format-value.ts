/**
 * A value as text: shallow, cut short, secrets masked by name, and without running the value's own code.
 *
 * Layer 6 (views). Getters are not called and proxies not asked. An object that says itself how it is shown
 * (`util.inspect.custom`) is asked for that, as Django asks for `repr()`. Never throws.
 */
import { inspect, type InspectOptions, types } from "node:util";
import { errorMessage } from "../../utils/describe.ts";
import { type IsSecret, isSecretHeader, MASK, maskUrls } from "./mask.ts";

/** Characters, as in Django; what is longer is cut. */
const LONGEST_TEXT = 4096;
const DEPTH = 3;
const MOST_ENTRIES = 50;

/** What is behind a proxy only its own code could tell. */
const PROXY = { [inspect.custom]: (): string => "<Proxy>" };

/** The text of a variable, a setting, a property; of one with the name of a secret, stars. */
export function formatNamed(name: string, value: unknown, isSecret: IsSecret): string {
  if (isSecret(name) && value !== undefined && typeof value !== "function") return MASK;
  return formatValue(value, isSecret);
}

export function formatValue(value: unknown, isSecret: IsSecret): string {
  try {
    const text = inspect(maskedCopy(value, isSecret, DEPTH), {
      depth: DEPTH,
      maxArrayLength: MOST_ENTRIES,
      maxStringLength: LONGEST_TEXT,
      breakLength: 88,
    });
    // A request shows its URL, and so do many errors.
    return trim(maskUrls(text, isSecret));
  } catch (error) {
    return `<cannot be shown: ${trim(describeFailure(error))}>`;
  }
}

function trim(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}… <trimmed ${text.length} characters>`;
}

/** What was thrown may throw again when it is looked at. */
function describeFailure(error: unknown): string {
  try {
    return errorMessage(error);
  } catch {
    return "it throws";
  }
}

/** Arrays, maps and objects without secrets, as deep as they are shown. Everything else is what it was. */
function maskedCopy(value: unknown, isSecret: IsSecret, depth: number): unknown {
  if (types.isProxy(value)) return PROXY;
  if (typeof value !== "object" || value === null || depth < 0) return value;
  if (Array.isArray(value)) return copyArray(value, isSecret, depth);
  if (types.isMap(value)) return copyMap(value, isSecret, depth);
  if (types.isNativeError(value)) return withoutStack(value);
  if (hasInnerSlots(value)) return value;
  const view: unknown = findProperty(value, inspect.custom)?.value;
  return typeof view === "function"
    ? maskedView(value, view, isSecret, depth)
    : copyRecord(value, isSecret, depth);
}

/** An object's view of itself is given an `inspect` that leaves out secrets, and what it returns is looked through. */
function maskedView(value: object, view: Function, isSecret: IsSecret, depth: number): object {
  const show = (part: unknown, options: InspectOptions): string =>
    depth < 1
      ? "[Object]"
      : inspect(maskedCopy(part, isSecret, depth - 1), { ...options, depth: depth - 1 });
  return {
    [inspect.custom]: (left: number, options: InspectOptions): unknown => {
      const shown: unknown = Reflect.apply(view, value, [left, options, show]);
      return shown === value
        ? copyRecord(value, isSecret, depth)
        : maskedCopy(shown, isSecret, depth - 1);
    },
  };
}

function copyArray(array: readonly unknown[], isSecret: IsSecret, depth: number): unknown {
  // Copied without reading: an element may be a getter.
  const copy: unknown[] = [];
  for (let index = 0; index < Math.min(array.length, MOST_ENTRIES + 1); index += 1) {
    const element = Object.getOwnPropertyDescriptor(array, index);
    if (element !== undefined)
      Object.defineProperty(copy, index, masked("", element, isSecret, depth));
  }
  copy.length = array.length;
  return copy;
}

function copyMap(
  map: ReadonlyMap<unknown, unknown>,
  isSecret: IsSecret,
  depth: number,
): Map<unknown, unknown> {
  const entries = Map.prototype.entries.call(map).take(MOST_ENTRIES + 1);
  return new Map(
    entries.map(([key, value]): [unknown, unknown] => [
      key,
      typeof key === "string" && isSecret(key) ? MASK : maskedCopy(value, isSecret, depth - 1),
    ]),
  );
}

function copyRecord(record: object, isSecret: IsSecret, depth: number): object {
  const copy = emptyOfClass(record);
  for (const key of Object.keys(record).slice(0, MOST_ENTRIES)) {
    const property = Object.getOwnPropertyDescriptor(record, key);
    if (property !== undefined)
      Object.defineProperty(copy, key, masked(key, property, isSecret, depth));
  }
  return copy;
}

function masked(
  key: string,
  property: PropertyDescriptor,
  isSecret: IsSecret,
  depth: number,
): PropertyDescriptor {
  if (!("value" in property)) return property;
  const { value }: { readonly value?: unknown } = property;
  const isHidden = isSecret(key) || isSecretHeader(key, isSecret);
  const hidden = isHidden && value !== undefined && typeof value !== "function";
  return { ...property, value: hidden ? MASK : maskedCopy(value, isSecret, depth - 1) };
}

/** An error among variables is named; its stack is shown elsewhere, or nowhere. */
function withoutStack(error: Error): object {
  const name: unknown = findProperty(error, "name")?.value;
  const message: unknown = findProperty(error, "message")?.value;
  const text = `[${String(name)}${message === "" ? "" : `: ${String(message)}`}]`;
  return { [inspect.custom]: () => text };
}

/** Whether an object is more than its properties. */
function hasInnerSlots(value: object): boolean {
  return (
    types.isNativeError(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isPromise(value) ||
    types.isSet(value) ||
    types.isMapIterator(value) ||
    types.isSetIterator(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isArrayBufferView(value) ||
    types.isBoxedPrimitive(value) ||
    types.isGeneratorObject(value) ||
    types.isModuleNamespaceObject(value) ||
    types.isExternal(value)
  );
}

/** An object that `inspect` takes for one of the same class. The class itself may have getters that run for it. */
function emptyOfClass(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return {};
  if (prototype === null) return Object.create(null);
  const type: unknown = findProperty(value, "constructor")?.value;
  const name: unknown =
    typeof type === "function" ? Object.getOwnPropertyDescriptor(type, "name")?.value : undefined;
  if (typeof name !== "string" || name === "") return {};
  const stand = Object.defineProperty(class {}, "name", { value: name });
  return new stand();
}

/** Looks a property up without calling anything. */
function findProperty(value: object, key: PropertyKey): PropertyDescriptor | undefined {
  for (
    let holder: unknown = value;
    typeof holder === "object" && holder !== null && !types.isProxy(holder);
    holder = Object.getPrototypeOf(holder)
  ) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found !== undefined) return found;
  }
  return undefined;
}
