import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { QueryDict } from "../../../../framework/http/query-dict.ts";
import { formatNamed, formatValue } from "../../../../framework/views/debug/format-value.ts";
import { makeIsSecret } from "../../../../framework/views/debug/mask.ts";
import { makeRequest } from "../../../support/wsgi.ts";

const isSecret = makeIsSecret("sessionid");

class Poll {
  readonly #votes = 3;
  readonly title = "Which tune?";
  readonly apiKey = "k";

  get votes(): number {
    return this.#votes;
  }

  get [Symbol.toStringTag](): string {
    throw new Error("asked for its tag");
  }
}

describe("formatValue", () => {
  test.each<[what: string, value: unknown, text: string]>([
    ["text", "it's", `"it's"`],
    ["undefined", undefined, "undefined"],
    ["an object", { a: 1, token: "t" }, "{ a: 1, token: '********************' }"],
    [
      "secrets further in",
      { db: [{ password: "p" }] },
      "{ db: [ { password: '********************' } ] }",
    ],
    ["a map", new Map([["secret", 1]]), "Map(1) { 'secret' => '********************' }"],
    ["a class", new Poll(), "Poll { title: 'Which tune?', apiKey: '********************' }"],
    ["an error", new TypeError("no"), "[TypeError: no]"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a hole", [1, , 3], "[ 1, <1 empty item>, 3 ]"], // oxlint-disable-line eslint/no-sparse-arrays -- the subject
    [
      "no prototype",
      Object.assign(Object.create(null), { a: 1 }),
      "[Object: null prototype] { a: 1 }",
    ],
    ["a form", new QueryDict("a=1&a=2"), "<QueryDict: { a: [ '1', '2' ] }>"],
    [
      "a request",
      makeRequest({ path: "/p", query: "token=2" }),
      "<WSGIRequest: GET '/p?token=********************'>",
    ],
  ])("shows %s", (_what, value, text) => {
    expect(formatValue(value, isSecret)).toBe(text);
  });

  test("calls no getter and asks no proxy", () => {
    const touched: string[] = [];
    const value = {
      get a(): number {
        touched.push("getter");
        return 1;
      },
      list: Object.defineProperty([], 0, { get: () => touched.push("element"), enumerable: true }),
      proxy: new Proxy(
        {},
        {
          ownKeys: () => {
            touched.push("proxy");
            return [];
          },
        },
      ),
    };

    expect(formatValue(value, isSecret)).toBe(
      "{ a: [Getter], list: [ [Getter] ], proxy: <Proxy> }",
    );
    expect(touched).toEqual([]);
  });

  test("cuts what is long, wide or deep", () => {
    expect(formatValue("x".repeat(10_000), isSecret).length).toBeLessThan(4200);
    expect(
      formatValue(
        Array.from({ length: 1000 }, () => "y".repeat(90)),
        isSecret,
      ),
    ).toMatch(/… <trimmed \d+ characters>$/);
    expect(formatValue({ a: { b: { c: { d: { e: 1 } } } } }, isSecret)).toContain("[Object]");
  });

  test("survives circles and views that throw", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const rude = {
      [inspect.custom]: () => {
        throw new Error("no view");
      },
    };

    expect(formatValue(circle, isSecret)).toContain("self: {");
    expect(formatValue(rude, isSecret)).toBe("<cannot be shown: no view>");
  });
});

describe("an object with a view of itself", () => {
  test("shows no secrets of a form or of headers", () => {
    const form = new QueryDict("title=Nuages&password=hunter2");
    const { headers } = makeRequest({ environ: { HTTP_COOKIE: "a=b", HTTP_HOST: "localhost" } });

    expect(formatValue({ form }, isSecret)).toContain("title: [ 'Nuages' ]");
    expect(formatValue({ form }, isSecret)).not.toContain("hunter2");
    expect(formatValue(headers, isSecret)).toContain("'localhost'");
    expect(formatValue(headers, isSecret)).not.toContain("a=b");
  });

  test("shows itself where it returns itself, and ends where it shows itself again", () => {
    const plain = {
      tune: "Nuages",
      token: "t",
      [inspect.custom](): unknown {
        return this;
      },
    };
    const again = {
      [inspect.custom](_depth: number, options: object, show: typeof inspect): string {
        return `<again ${show(this, options)}>`;
      },
    };

    expect(formatValue(plain, isSecret)).toBe("{ tune: 'Nuages', token: '********************' }");
    expect(formatValue(again, isSecret)).toBe("<again <again <again <again [Object]>>>>");
  });
});

describe("formatNamed", () => {
  test("shows stars for a secret, but functions and undefined as they are", () => {
    expect(formatNamed("password", "p", isSecret)).toBe("********************");
    expect(formatNamed("password", undefined, isSecret)).toBe("undefined");
    expect(formatNamed("getToken", () => "t", isSecret)).toBe("[Function (anonymous)]");
  });
});
