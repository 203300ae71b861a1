import { describe, expect, test } from "vitest";
import { lookupMember, memberNames, MISSING } from "../../../framework/templates/member-lookup.ts";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import { render } from "../../support/templates.ts";

class Animal {
  static kind = "animal";
  #name = "Bo";
  legs = 4;

  get name(): string {
    return this.#name;
  }

  speak(word: string): string {
    return `${this.#name}: ${word}`;
  }
}

class Dog extends Animal {}

describe("lookupMember", () => {
  test.each([
    ["an own member", { a: 1 }, "a", 1],
    ["a getter of the class", new Dog(), "name", "Bo"],
    ["a field", new Dog(), "legs", 4],
    ["a static member", Animal, "kind", "animal"],
    ["a class", { Animal }, "Animal", Animal],
    ["an item", ["x", "y"], 1, "y"],
    ["an item by text", ["x", "y"], "1", "y"],
    ["a length", "abc", "length", 3],
    ["a key of a Map", new Map([["size", "big"]]), "size", "big"],
    ["a member of a Map", new Map([["a", "b"]]), "size", 1],
    ["a number as key", new Map([[1, "one"]]), 1, "one"],
    ["a value of a query", new QueryDict("q=1&q=2"), "q", "2"],
    ["a getter of a query", new QueryDict("q=1&q=2"), "size", 1],
    [
      "a member of an object without prototype",
      Object.assign(Object.create(null), { a: 1 }),
      "a",
      1,
    ],
    ["a column called constructor", { constructor: "Ferrari" }, "constructor", "Ferrari"],
    ["a key called __proto__", JSON.parse('{"__proto__": "x"}'), "__proto__", "x"],
    ["undefined that is there", { a: undefined }, "a", undefined],
  ])("finds %s", (_what, target, key, expected) => {
    expect(lookupMember(target, key)).toBe(expected);
  });

  test("finds methods, and keeps them with their object", () => {
    const speak = lookupMember(new Dog(), "speak") as (word: string) => string;

    expect(speak("wuff")).toBe("Bo: wuff");
  });

  test.each([
    "constructor",
    "__proto__",
    "prototype",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "hasOwnProperty",
    "isPrototypeOf",
    "toString",
    "valueOf",
    "toLocaleString",
    "propertyIsEnumerable",
  ])("finds no %s in anything", (name) => {
    const things = [
      {},
      [],
      new Dog(),
      Dog,
      () => 1,
      new Map(),
      new Date(),
      /x/,
      Object.create(null),
      new QueryDict(""),
    ];
    const found = things.filter(
      (thing) => !["toString", "valueOf", "toLocaleString"].includes(name) || !hasOwnKind(thing),
    );

    expect(found.map((thing) => lookupMember(thing, name))).toEqual(found.map(() => MISSING));
    expect(lookupMember("text", "constructor")).toBe(MISSING);
    expect(lookupMember(1, "constructor")).toBe(MISSING);
  });

  test.each(["call", "apply", "bind", "arguments", "caller", Symbol.iterator, "nothing"])(
    "finds no %s in a function",
    (name) => {
      expect(lookupMember(() => 1, name)).toBe(MISSING);
      expect(lookupMember(Dog, name)).toBe(MISSING);
    },
  );

  test.each([undefined, null])("finds nothing in %s", (target) => {
    expect(lookupMember(target, "a")).toBe(MISSING);
  });

  test("reads the key once: what was checked is what is read", () => {
    const names = ["legs", "constructor"];
    const key = { toString: () => names.shift() };

    expect(lookupMember(new Dog(), key)).toBe(4);
    expect(names).toEqual(["constructor"]);
    expect(lookupMember({}, ["constructor"])).toBe(MISSING);
  });
});

/** Arrays, dates, functions and patterns have methods of these names in their own classes, which do no harm. */
function hasOwnKind(thing: unknown): boolean {
  return (
    Array.isArray(thing) ||
    thing instanceof Date ||
    thing instanceof RegExp ||
    typeof thing === "function" ||
    thing instanceof QueryDict
  );
}

describe("memberNames", () => {
  test("names what can be found, for suggestions", () => {
    expect(memberNames(new Dog())).toEqual(["legs", "name", "speak"]);
    expect(memberNames(new Map([["a", 1]]))).toEqual(["a"]);
    expect(memberNames({ _private: 1, a: 2 })).toEqual(["a"]);
  });
});

describe("templates", () => {
  const context = {
    obj: { a: 1 },
    dog: new Dog(),
    f: () => 1,
    list: [{ a: 1 }, { a: 2 }],
    key: "constructor",
    text: "abc",
  };

  test.each([
    "{{ constructor }}",
    "{{ __proto__ }}",
    "{{ toString }}",
    "{{ obj.constructor }}",
    "{{ obj['constructor'] }}",
    "{{ obj[key] }}",
    "{{ obj['con' ~ 'structor'] }}",
    "{{ obj[['constructor']] }}",
    "{{ obj.__proto__.polluted }}",
    "{{ text.constructor.constructor }}",
    "{{ f.constructor }}",
    "{{ f.prototype }}",
    "{{ dog.speak.constructor }}",
    "{{ list | join(',', 'constructor') }}",
    "{{ list | selectattr('constructor') }}",
    "{{ (list | groupby('constructor')).size if false }}",
    "{{ range.constructor }}",
    "{{ cycler('a').constructor }}",
    "{{ caller }}",
    "{{ loop.constructor }}",
    "{% for x in list %}{{ loop.constructor }}{% endfor %}",
    "{{ request.constructor }}",
    "{% macro m() %}{% endmacro %}{{ m.call }}{{ m.constructor }}",
    "{% set x = {'__proto__': list} %}{{ x.length }}",
    "{% if 'constructor' in obj %}yes{% endif %}",
    "{% if 'toString' in obj %}yes{% endif %}",
  ])("%s gets at nothing", (source) => {
    expect(render(source, context).replace(/^,+$/, "")).toBe("");
  });

  test.each([
    "{{ obj.constructor() }}",
    "{{ text.constructor.constructor('return 1')() }}",
    "{{ obj.__defineGetter__('a', f) }}",
    "{{ f.call() }}",
    "{{ ''['sub'].constructor('return 1')() }}",
    "{% filter constructor %}{% endfilter %}",
    "{{ 1 | constructor }}",
    "{{ 1 | __proto__ }}",
    "{{ 1 is constructor }}",
    "{{ list | select('constructor') }}",
  ])("%s is an error", (source) => {
    expect(() => render(source, context)).toThrow(/cannot be called|there is no/);
  });

  test("sort and group as if what cannot be reached were not there", () => {
    const source =
      "{{ list | sort(attribute='constructor') | length }}{{ (list | groupby('__proto__')).size }}{{ list | dictsort('constructor') | length }}{{ list | sum('constructor') }}";

    expect(render(source, context)).toBe("2120");
  });

  test("cannot change what all objects inherit", () => {
    render(
      "{% set x = {'__proto__': 1, 'constructor': 2} %}{% set __proto__ = {'polluted': 1} %}",
      context,
    );
    render("{% macro m(__proto__) %}{% endmacro %}{{ m(__proto__={'polluted': 1}) }}");

    expect("polluted" in {}).toBe(false);
  });
});
