import { describe, expect, test } from "vitest";
import { besideModule, importExport } from "../../../devserver/workers/module-export.ts";

const MODULE = new URL("../../support/pooled-handlers.ts", import.meta.url).href;

describe("importExport", () => {
  test("finds what a module exports under a name", async () => {
    expect(await importExport({ module: MODULE, export: "notAHandler" })).toBe(42);
  });

  test("says what there is instead of a name that is not exported", async () => {
    await expect(importExport({ module: MODULE })).rejects.toThrow(
      /exports no "default"; it exports .*notAHandler/,
    );
  });

  test("asks for a URL, since a path means something else in every folder", async () => {
    await expect(importExport({ module: "./handlers.ts" })).rejects.toThrow(
      'a module is named by its URL (import.meta.url, in the module itself); found "./handlers.ts"',
    );
  });
});

describe("besideModule", () => {
  test.each([
    ["file:///a/b.ts", "file:///a/worker.ts"],
    ["file:///a/b.js", "file:///a/worker.js"],
  ])("is compiled where %s is", (here, beside) => {
    expect(besideModule(here, "worker").href).toBe(beside);
  });
});
