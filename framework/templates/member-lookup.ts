/**
 * Members of values, as templates reach them: `user.name`, `items[0]`, `request.GET.q`.
 *
 * Layer 5 (templates). The one way from a name in a template to a member of an object: lookups, calls and the filters
 * that take the names of members all come here.
 * What can be reached: members of the object itself, and what its own class and the classes above it define. What
 * cannot: everything of `Object.prototype` and `Function.prototype`, and every constructor and prototype, so that no
 * template gets at `Function` or changes a class. In a Map, a form, a query or a session a name is a key first.
 * Source: Django template/base.py (`Variable._resolve_lookup`: key, then attribute).
 */
/** Says that there is no such member; `undefined` is a value like any other. */
export const MISSING: unique symbol = Symbol("missing");

/** Not even as an own member, unless it is plain data. */
const NEVER: ReadonlySet<string> = new Set([
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
  "__proto__",
  "arguments",
  "callee",
  "caller",
  "constructor",
  "prototype",
]);

/** The member `key` of `target`, methods bound to it; `MISSING` when there is none that a template may have. */
export function lookupMember(target: unknown, key: unknown): unknown {
  if (target === null || target === undefined || typeof key === "symbol") return MISSING;
  // Once, so that what is checked is what is read.
  const name = typeof key === "number" ? key : String(key);
  const found = keyOf(target, name);
  return found === MISSING ? memberOf(target, name) : found;
}

/** The names that `lookupMember` would find, for suggestions. */
export function memberNames(target: unknown): readonly string[] {
  if (isKeyed(target) && "keys" in target && typeof target.keys === "function")
    return [...target.keys()].filter((key) => typeof key === "string");
  const names = new Set<string>();
  for (
    let holder: unknown = boxed(target);
    isHolder(holder);
    holder = Object.getPrototypeOf(holder)
  )
    for (const name of Object.getOwnPropertyNames(holder)) names.add(name);
  return [...names].filter((name) => !NEVER.has(name) && !/^(?:\d+|_.*)$/.test(name));
}

/** What is looked things up in: Maps, queries, headers, sessions, and objects without a prototype. A key may be missing. */
export function isDictionary(target: unknown): boolean {
  return (
    isKeyed(target) ||
    (typeof target === "object" && target !== null && Object.getPrototypeOf(target) === null)
  );
}

interface Keyed {
  has(key: string | number): boolean;
  get(key: string | number): unknown;
}

function isKeyed(target: unknown): target is Keyed {
  return (
    typeof target === "object" &&
    target !== null &&
    "has" in target &&
    typeof target.has === "function" &&
    "get" in target &&
    typeof target.get === "function"
  );
}

function keyOf(target: unknown, name: string | number): unknown {
  return isKeyed(target) && target.has(name) ? target.get(name) : MISSING;
}

function memberOf(target: unknown, name: string | number): unknown {
  const object = boxed(target);
  const holder = holderOf(object, name);
  if (holder === undefined) return MISSING;
  const value: unknown = Reflect.get(object, name, target);
  if (typeof name === "string" && NEVER.has(name)) {
    // A row of a database may well have a column called `constructor`.
    const isData = holder === object && typeof object !== "function" && isPlainData(value);
    return isData ? value : MISSING;
  }
  return typeof value === "function" && isMethod(object, value) ? bind(value, target) : value;
}

/** What has the member itself: the object, or a class above it that is not one of the two forbidden. */
function holderOf(object: object, name: string | number): object | undefined {
  for (let holder: unknown = object; isHolder(holder); holder = Object.getPrototypeOf(holder))
    if (Object.hasOwn(holder, name)) return holder;
  return undefined;
}

function isHolder(value: unknown): value is object {
  return (
    value !== null &&
    value !== Object.prototype &&
    value !== Function.prototype &&
    (typeof value === "object" || typeof value === "function")
  );
}

function boxed(target: unknown): object {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object() gives an object for everything
  return Object(target) as object;
}

function isPlainData(value: unknown): boolean {
  return value === null || !["object", "function", "undefined"].includes(typeof value);
}

/** Bound, a class would lose its static members, and so would what a class has for one. */
function isMethod(object: object, value: Function): boolean {
  const isClass = Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
  return !isClass && typeof object !== "function";
}

function bind(method: Function, target: unknown): unknown {
  return (...args: readonly unknown[]): unknown => Reflect.apply(method, target, args);
}
