import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../devserver/httpserver/limits.ts";
import * as httpserver from "../devserver/httpserver/index.ts";
import * as socketserver from "../devserver/socketserver/index.ts";
import * as wsgiserver from "../devserver/wsgiserver/index.ts";
import { membersOf } from "./support/class-members.ts";
import { ROOT } from "./support/projects.ts";
import { REFUSALS } from "./support/refusals.ts";

const exported: Readonly<Record<string, unknown>> = {
  ...socketserver,
  ...httpserver,
  ...wsgiserver,
};
const page = readFileSync(join(ROOT, "docs/server-stack.md"), "utf8");

interface Row {
  /** Without backticks and parentheses. */
  readonly name: string;
  readonly isMethod: boolean;
  readonly isStatic: boolean;
  readonly fallback: string;
}

/** The body of a section, by its heading. */
function section(heading: string): string {
  const start = page.indexOf(`${heading}\n`);
  if (start < 0) throw new Error(`no section ${heading}`);
  return page.slice(start + heading.length).split(/\n##+ /, 1)[0] ?? "";
}

function cellsOf(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function rowsOf(heading: string): Row[] {
  return cellsOf(section(heading)).map(([name = "", what = "", , fallback = ""]) => ({
    name: name.replaceAll(/[`()]/g, ""),
    isMethod: name.includes("()"),
    isStatic: what.startsWith("static:"),
    fallback: fallback.replaceAll("`", ""),
  }));
}

/** Where each class is written, as `[file, class]`. */
const sources = new Map(
  globSync("devserver/{socketserver,httpserver,wsgiserver}/*.ts", { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/^export (?:abstract )?class (\w+)/gm)].map(
      ([, name = ""]) => [name, join(ROOT, file)] as const,
    ),
  ),
);

/** The class and those below it that are no part of the public interface. */
function declaredIn(name: string): { name: string; isOverride: boolean }[] {
  const hidden: Record<string, string> = {
    BaseHTTPRequestHandler: "HTTPResponder",
    StreamReader: "ByteReader",
  };
  return [name, hidden[name] ?? ""].flatMap((className) => {
    const file = sources.get(className);
    return file === undefined ? [] : membersOf(file, className);
  });
}

type AnyClass = { readonly prototype: object } & Readonly<Record<string, unknown>>;

function isClass(value: unknown): value is AnyClass {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

/** Classes that have a table of their own. */
const documented = [...page.matchAll(/^### `(\w+)`$/gm)].map(([, name = ""]) => name);

/** Errors without a member of their own, and classes that a mix-in made. */
const WITHOUT_TABLE =
  /Error$|^WSGIViolation$|^(?:Threading|Forking)(?:TCP|UDP|Unix|HTTP)|^UDPServer$|^UnixDatagramServer$/;

/** A member of the class or of what it extends. */
function findMember(base: AnyClass, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = base.prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("docs/server-stack.md", () => {
  test("has a table for every class that is exported, or names it", () => {
    const classes = Object.keys(exported).filter((name) => isClass(exported[name]));

    const missing = classes.filter((name) => !documented.includes(name));

    expect(
      missing.filter((name) => !WITHOUT_TABLE.test(name) && name !== "HTTPRequestError"),
    ).toEqual([]);
    expect(documented.filter((name) => !classes.includes(name))).toEqual([]);
  });

  test("names everything that is exported", () => {
    expect(Object.keys(exported).filter((name) => !page.includes(name))).toEqual([]);
  });

  test("has a table of functions, and no function that is not there", () => {
    const named = rowsOf("### Functions").map(({ name }) => name);
    const functions = Object.keys(wsgiserver).filter(
      (name) => typeof exported[name] === "function" && !isClass(exported[name]),
    );

    expect(named.toSorted()).toEqual(functions.toSorted());
  });
});

describe.each(documented)("the table of %s", (className) => {
  const rows = rowsOf(`### \`${className}\``);
  const documentedClass = exported[className];
  if (!isClass(documentedClass)) throw new Error(`${className} is no exported class`);

  test("has every member of the class that is not private", () => {
    const names = new Set(rows.map(({ name }) => name));

    const missing = declaredIn(className).filter(
      ({ name, isOverride }) => !isOverride && !names.has(name),
    );

    expect(missing).toEqual([]);
  });

  test("has no member that is not there", () => {
    const declared = new Set(declaredIn(className).map(({ name }) => name));

    const invented = rows.filter(
      ({ name }) =>
        !declared.has(name) &&
        findMember(documentedClass, name) === undefined &&
        !(name in documentedClass),
    );

    expect(invented).toEqual([]);
  });

  test("calls methods what are methods, and static what is static", () => {
    const wrong = rows.filter(({ name, isMethod, isStatic }) => {
      const member = isStatic ? documentedClass[name] : findMember(documentedClass, name)?.value;
      if (isStatic && !(name in documentedClass)) return true;
      // What is abstract, or a field that holds a function, is no part of the prototype.
      if (isMethod) return typeof member !== "function" && member !== undefined;
      return typeof member === "function" && !isStatic;
    });

    expect(wrong).toEqual([]);
  });

  test("gives the defaults that the code has", () => {
    const simple = rows.filter(
      ({ name, isStatic }) =>
        isStatic && ["number", "boolean"].includes(typeof documentedClass[name]),
    );
    const texts = rows.filter(
      ({ name, isStatic, fallback }) =>
        isStatic &&
        typeof documentedClass[name] === "string" &&
        /Version$|Type$|Status$/.test(name) &&
        !fallback.includes(" and its "),
    );

    const shown = [...simple, ...texts].map(({ name, fallback }) => [name, fallback]);

    expect(shown).toEqual(shown.map(([name = ""]) => [name, String(documentedClass[name])]));
  });
});

describe("docs/server-stack.md on limits and llhttp", () => {
  test("gives the limits that the code has", () => {
    const shown = rowsOf("## Limits and time-outs").map(({ name }) => name);
    const cells = cellsOf(section("## Limits and time-outs"));

    for (const [name, value] of Object.entries(DEFAULT_LIMITS)) {
      expect(shown).toContain(name);
      expect(cells.find(([cell]) => cell === `\`${name}\``)?.[2]).toBe(`\`${String(value)}\``);
    }
  });

  test("lists every known difference from llhttp, with its answer, and no other", () => {
    const [refused = ""] = section("## Ours and llhttp").split("Taken here,");
    const listed = cellsOf(refused).map(([name, answer]) => [name, Number(answer)]);

    expect(new Map(listed as [string, number][])).toEqual(
      new Map(REFUSALS.map(({ name, status }) => [name, status])),
    );
  });
});
