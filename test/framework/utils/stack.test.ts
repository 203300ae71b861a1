import { describe, expect, test } from "vitest";
import { errorLocation, formatError } from "../../../framework/utils/stack.ts";

describe("formatError", () => {
  test("leaves out frames of Node and of the framework", () => {
    const error = new Error("boom");
    error.stack = [
      "Error: boom",
      "    at view (file:///site/views.ts:3:9)",
      `    at callView (${new URL("../../../framework/handlers/view.ts", import.meta.url).href}:30:1)`,
      "    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)",
    ].join("\n");

    expect(formatError(error)).toBe("Error: boom\n    at view (file:///site/views.ts:3:9)");
  });

  test("keeps everything where nothing else would be left", () => {
    const error = new Error("boom");
    error.stack = "Error: boom\n    at node:internal/timers:1:1";

    expect(formatError(error)).toBe(error.stack);
  });

  test("shows every cause, and ends where causes run in a circle", () => {
    const inner = new Error("inner");
    const outer = new Error("outer", { cause: inner });
    inner.cause = outer;

    const text = formatError(outer);

    expect(text.match(/Error: (outer|inner)/g)).toEqual(["Error: outer", "Error: inner"]);
  });

  test.each([
    ["text", "Thrown string: text"],
    [null, "Thrown object: null"],
    [undefined, "Thrown undefined: undefined"],
  ])("shows what is no error: %j", (thrown, expected) => {
    expect(formatError(thrown)).toBe(expected);
  });
});

describe("errorLocation", () => {
  test("is the first place in the project", () => {
    const error = new Error("boom");
    error.stack = [
      "Error: boom",
      "    at parse (file:///site/node_modules/lib/index.js:1:1)",
      "    at file:///site/my%20urls.ts:16:2",
    ].join("\n");

    expect(errorLocation(error)).toBe("/site/my urls.ts:16");
  });

  test("is nothing where the stack names no file", () => {
    expect(errorLocation("no error")).toBeUndefined();
  });
});
