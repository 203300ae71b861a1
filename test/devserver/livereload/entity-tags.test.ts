import { expect, test } from "vitest";
import { markEntityTag, unmarkEntityTags } from "../../../devserver/livereload/entity-tags.ts";

test("a marked entity tag names the state", () => {
  expect(markEntityTag('"abc"', "7.0")).toBe('"abc;live=7.0"');
  expect(markEntityTag('W/"abc"', "7.0")).toBe('W/"abc;live=7.0"');
  expect(markEntityTag("nonsense", "7.0")).toBe("nonsense");
});

test("only tags of the current state lose their mark, or all where it is of no importance", () => {
  const header = 'W/"a;live=7.0", "b;live=6.3", "c"';

  expect(unmarkEntityTags(header, "7.0")).toBe('W/"a", "b;live=6.3", "c"');
  expect(unmarkEntityTags(header, undefined)).toBe('W/"a", "b", "c"');
});
