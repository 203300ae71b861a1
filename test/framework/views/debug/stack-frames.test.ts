import { describe, expect, test } from "vitest";
import { frameKind, parseStackFrames } from "../../../../framework/views/debug/stack-frames.ts";

const FRAMEWORK = new URL("../../../../framework/handlers/view.ts", import.meta.url).href;

function errorWith(stack: string, message = "boom"): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}

describe("parseStackFrames", () => {
  test("takes functions, methods, constructors, async functions and code outside of any", () => {
    const error = errorWith(
      [
        "Error: boom",
        "    at view (file:///site/views.ts:3:9)",
        "    at Poll.detail [as view] (file:///site/my%20polls.ts:4:1)",
        "    at new Poll (/site/polls.cjs:5:2)",
        "    at async load (file:///site/db.ts?v=2:6:3)",
        "    at async file:///site/urls.ts:7:4",
        "    at async Promise.all (index 0)",
        "    at Array.map (<anonymous>)",
        "    at readFileSync (node:fs:487:35)",
      ].join("\n"),
    );

    const frames = parseStackFrames(error).map((frame) => [
      frame.functionName,
      frame.file,
      frame.line,
      frame.column,
      frame.kind,
      frame.isAsync,
    ]);

    expect(frames).toEqual([
      ["view", "/site/views.ts", 3, 9, "project", false],
      ["Poll.detail [as view]", "/site/my polls.ts", 4, 1, "project", false],
      ["new Poll", "/site/polls.cjs", 5, 2, "project", false],
      ["load", "/site/db.ts", 6, 3, "project", true],
      ["", "/site/urls.ts", 7, 4, "project", true],
      ["Promise.all", "index 0", undefined, undefined, "node", true],
      ["Array.map", "<anonymous>", undefined, undefined, "node", false],
      ["readFileSync", "node:fs", 487, 35, "node", false],
    ]);
  });

  test("takes nothing from a message that looks like a stack", () => {
    const message = "boom\n    at fake (file:///etc/passwd.ts:1:1)";

    const frames = parseStackFrames(
      errorWith(`Error: ${message}\n    at view (file:///site/views.ts:3:9)`, message),
    );

    expect(frames.map(({ functionName }) => functionName)).toEqual(["view"]);
  });

  test.each([
    [
      "Node's parser",
      'file:///site/a.ts:2\nimport { x } from "./b.ts";\n         ^\nSyntaxError: no x',
      { file: "/site/a.ts", line: 2, column: 10, width: 1 },
    ],
    [
      "the type stripper, which shows the line before too",
      'file:///site/a.ts:4\nfunction f() {\n  const a = "b;\n            ^^^\n  return a;\n\nSyntaxError: Unterminated',
      { file: "/site/a.ts", line: 4, column: 13, width: 3 },
    ],
  ])("begins where %s stopped", (_who, stack, place) => {
    const [first] = parseStackFrames(errorWith(stack));

    expect(first).toMatchObject(place);
  });

  test.each([
    ["nothing", undefined],
    ["a number", 4],
  ])("is empty for a stack that is %s", (_what, stack) => {
    const error = new Error("boom");
    Object.defineProperty(error, "stack", { value: stack });

    expect(parseStackFrames(error)).toEqual([]);
  });

  test("is empty for a stack that throws", () => {
    const error = Object.defineProperty(new Error("boom"), "stack", {
      get: () => {
        throw new Error("no stack for you");
      },
    });

    expect(parseStackFrames(error)).toEqual([]);
  });

  test("stops after a hundred frames", () => {
    const lines = Array.from(
      { length: 500 },
      (_, index) => `    at f (file:///site/a.ts:${index}:1)`,
    );

    expect(parseStackFrames(errorWith(`Error: boom\n${lines.join("\n")}`))).toHaveLength(100);
  });
});

describe("frameKind", () => {
  test.each([
    ["/site/views.ts", "project"],
    ["/site/node_modules/pg/index.js", "dependency"],
    ["node:internal/timers", "node"],
    ["<anonymous>", "node"],
    [FRAMEWORK, "framework"],
  ])("of %s is %s", (file, kind) => {
    expect(frameKind(file)).toBe(kind);
  });
});
