import { describe, expect, test } from "vitest";
import { getConverter } from "../../../framework/urls/converters.ts";
import { segmentKindOf } from "../../../framework/urls/segment-kind.ts";

const custom = (regex: string) =>
  segmentKindOf({ regex, toValue: (text: string) => text, toUrl: String });

describe("the kind of a converter", () => {
  test.each([
    ["str", true],
    ["int", true],
    ["slug", true],
    ["uuid", true],
    ["path", false],
  ])("%s fills a segment: %s", (name, fills) => {
    const converter = getConverter(name);

    expect(converter && segmentKindOf(converter) !== undefined).toBe(fills);
  });

  test.each([
    "[0-9]{4}",
    "(?:a|b)+c",
    "[a-f0-9]+",
    "[-a-z]+",
    "[a-z-]+",
    String.raw`\d+\.\w+`,
    "v1",
  ])("%s cannot match a slash, nor nothing", (regex) => {
    expect(custom(regex)).toBeDefined();
  });

  test.each([
    ".+",
    "[^a]+",
    "[+-9]+",
    "[!-~]+",
    "[.-9]",
    "a/b",
    String.raw`\D+`,
    String.raw`\S+`,
    String.raw`\x2f`,
    String.raw`\W`,
    "a*",
    "[a]?",
    "(?=a)a",
    "^a",
    "a$",
    String.raw`\ba`,
    "",
  ])("of %j that cannot be told", (regex) => {
    expect(custom(regex)).toBeUndefined();
  });

  test.each<[name: string, text: string, fits: boolean]>([
    ["str", "é", true],
    ["str", "", false],
    ["int", "007", true],
    ["int", "-1", false],
    ["int", "", false],
    ["slug", "a_B-9", true],
    ["slug", "é", false],
    ["slug", "", false],
    ["uuid", "0f14d0ab-9605-4a62-a9e4-5ed26688389b", true],
    ["uuid", "0F14D0AB-9605-4A62-A9E4-5ED26688389B", false],
  ])("%s with %j: %s", (name, text, fits) => {
    const converter = getConverter(name);
    const kind = converter && segmentKindOf(converter);

    expect(kind?.fits(`/${text}/`, 1, 1 + text.length)).toBe(fits);
  });
});
