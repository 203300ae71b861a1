import { describe, expect, test } from "vitest";
import { highlightLines } from "../../../../framework/views/debug/highlight.ts";

const comment = (text: string): string => `<span class="t-comment">${text}</span>`;

function highlighted(...lines: string[]): string[] {
  return highlightLines(lines, { line: 0, column: undefined }).map(String);
}

describe("highlightLines", () => {
  test("colours a comment of several lines to its end", () => {
    expect(highlighted("/**", " * for 3 tunes", " */", "a();")).toEqual([
      comment("/**"),
      comment(" * for 3 tunes"),
      comment(" */"),
      `<span class="t-call">a</span>();`,
    ]);
  });

  test.each(["for 3 tunes", ""])("knows that lines begin in a comment: * %s", (text) => {
    const line = ` * ${text}`.trimEnd();

    expect(highlighted(line, " */", "a")).toEqual([comment(line), comment(" */"), "a"]);
  });

  test("colours a comment without an end as long as it lasts", () => {
    expect(highlighted("/* a", "b")).toEqual([comment("/* a"), comment("b")]);
  });
});
