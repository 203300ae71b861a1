import { describe, expect, test } from "vitest";
import {
  conditionalEscape,
  formatHtml,
  markSafe,
  SafeString,
} from "../../../framework/utils/safe-string.ts";

describe("safe strings", () => {
  test("work like strings, and what is made from them is plain", () => {
    const safe = markSafe("<b>");

    expect(`${String(safe)}${safe.length}${safe.toUpperCase()}`).toBe("<b>3<B>");
    expect(safe.toUpperCase()).not.toBeInstanceOf(SafeString);
    expect(markSafe(safe)).toBe(safe);
  });

  test("are not escaped again", () => {
    expect(["<", markSafe("<"), 5, null, undefined, ["<"]].map(conditionalEscape)).toEqual([
      "&lt;",
      "<",
      "5",
      "",
      "",
      "&lt;",
    ]);
  });

  test("are what an object with __html__ gives; data of that name is no method", () => {
    expect(conditionalEscape({ __html__: () => "<b>" })).toBe("<b>");
    expect(conditionalEscape({ __html__: "<b>", toString: () => "<i>" })).toBe("&lt;i&gt;");
  });

  test("come from formatHtml with their values escaped", () => {
    const html = formatHtml`<a href="${'"'}">${"<"}${markSafe("<i>")}\n</a>`;

    expect(html).toBeInstanceOf(SafeString);
    expect(String(html)).toBe('<a href="&quot;">&lt;<i>\n</a>');
  });
});
