import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { cycles, importsOf, upwardImports } from "./support/architecture.ts";

const ROOT = join(import.meta.dirname, "..");
const files = globSync("{framework,devserver}/**/*.ts", { cwd: ROOT });
const sources = new Map(
  files.map((file) => [file.split(sep).join("/"), readFileSync(join(ROOT, file), "utf8")]),
);

describe("the house", () => {
  test("has rooms to check", () => {
    expect(sources.size).toBeGreaterThan(80);
  });

  test("imports downwards only", () => {
    expect(upwardImports(sources)).toEqual([]);
  });

  test("has no circle of imports, type imports included", () => {
    expect(cycles(sources)).toEqual([]);
  });

  test("imports no index from inside the package: an index is for outsiders", () => {
    const inside = [...sources].flatMap(([file, text]) =>
      importsOf(file, text).filter((target) => target.endsWith("/index.ts")),
    );

    expect(inside).toEqual([]);
  });
});

describe("the check itself", () => {
  const plant = (file: string, line: string): Map<string, string> =>
    new Map([...sources, [file, `${line}\n${sources.get(file) ?? ""}`]]);

  test.each([
    ["an upward import", 'import { x } from "../handlers/chain.ts";'],
    ["an upward type import", 'import type { X } from "../handlers/chain.ts";'],
    ["an upward re-export", 'export { x } from "../handlers/chain.ts";'],
    ["an upward import()", 'const x = await import("../handlers/chain.ts");'],
    ["an import spread over lines", 'import {\n  x,\n} from "../handlers/chain.ts";'],
    ["an import for its effects", 'import "../handlers/chain.ts";'],
    ["a neighbour of the same layer", 'import { x } from "../../devserver/httpserver/dates.ts";'],
    ["the other half of the house", 'import { x } from "../../devserver/socketserver/index.ts";'],
  ])("finds %s", (_what, line) => {
    const planted = plant("framework/http/cookies.ts", line);

    expect(upwardImports(planted)).toHaveLength(1);
  });

  test("finds a server layer that imports more of the framework than its contract", () => {
    const planted = plant(
      "devserver/wsgiserver/environ.ts",
      'import { escapeHtml } from "../../framework/utils/html.ts";',
    );

    expect(upwardImports(planted)).toHaveLength(1);
  });

  test("finds a folder that has no layer", () => {
    const planted = plant("framework/helpers/misc.ts", "");

    expect(upwardImports(planted)).toEqual(["framework/helpers has no layer"]);
  });

  test("finds a circle of type imports inside one folder", () => {
    const planted = plant(
      "framework/http/cookies.ts",
      'import type { HttpResponse } from "./response.ts";',
    );

    expect(cycles(planted).join("\n")).toContain("framework/http/cookies.ts");
  });
});
