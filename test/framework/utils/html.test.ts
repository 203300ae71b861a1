import { describe, expect, test } from "vitest";
import { escapeHtml, unescapeHtml } from "../../../framework/utils/html.ts";

describe("unescapeHtml", () => {
  test("takes back what escapeHtml has done", () => {
    const text = `<a href="?x&y">it's</a>`;

    expect(unescapeHtml(escapeHtml(text))).toBe(text);
  });

  test("knows numbers, and leaves what it does not know", () => {
    expect(unescapeHtml("&#233;&#xE9;&#X1f40d;&nbsp;&eacute;&#x110000;&amp")).toBe(
      "éé🐍\u00a0&eacute;&#x110000;&amp",
    );
  });
});
