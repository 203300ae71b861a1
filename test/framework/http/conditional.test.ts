import { describe, expect, test } from "vitest";
import {
  checkConditions,
  type Conditions,
  fileValidators,
  matchesIfRange,
  parseEtags,
  quoteEtag,
} from "../../../framework/http/conditional.ts";

const MODIFIED = 1_700_000_000;
const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";
const EARLIER = "Tue, 14 Nov 2023 22:13:19 GMT";
const LATER = "Tue, 14 Nov 2023 22:13:21 GMT";
const validators = { etag: '"v1"', lastModified: MODIFIED };

describe("checkConditions", () => {
  test.each<[what: string, conditions: Conditions, expected: 304 | 412 | undefined]>([
    ["no condition", {}, undefined],
    ["If-None-Match: the tag", { ifNoneMatch: '"v1"' }, 304],
    ["If-None-Match: its weak form", { ifNoneMatch: 'W/"v1"' }, 304],
    ["If-None-Match: among others", { ifNoneMatch: '"a,b" , "v1"' }, 304],
    ["If-None-Match: any", { ifNoneMatch: "*" }, 304],
    ["If-None-Match: another", { ifNoneMatch: '"v2"' }, undefined],
    [
      "If-None-Match decides over the date",
      { ifNoneMatch: '"v2"', ifModifiedSince: DATE },
      undefined,
    ],
    ["If-Modified-Since: the date", { ifModifiedSince: DATE }, 304],
    ["If-Modified-Since: later", { ifModifiedSince: LATER }, 304],
    ["If-Modified-Since: earlier", { ifModifiedSince: EARLIER }, undefined],
    ["If-Modified-Since: no date", { ifModifiedSince: "yesterday" }, undefined],
    ["If-None-Match: no tag at all", { ifNoneMatch: '"""' }, undefined],
    [
      "If-None-Match without a tag leaves the date",
      { ifNoneMatch: "v1", ifModifiedSince: DATE },
      304,
    ],
    ["If-Match: no tag at all", { ifMatch: '"""' }, undefined],
    ["If-Match without a tag leaves the date", { ifMatch: "v2", ifUnmodifiedSince: EARLIER }, 412],
    ["If-Match: the tag", { ifMatch: '"v1"' }, undefined],
    ["If-Match: any", { ifMatch: "*" }, undefined],
    ["If-Match: the weak form", { ifMatch: 'W/"v1"' }, 412],
    ["If-Match: another", { ifMatch: '"v2"' }, 412],
    ["If-Match decides over the date", { ifMatch: '"v1"', ifUnmodifiedSince: EARLIER }, undefined],
    ["If-Match, then If-None-Match", { ifMatch: '"v1"', ifNoneMatch: '"v1"' }, 304],
    ["If-Unmodified-Since: the date", { ifUnmodifiedSince: DATE }, undefined],
    ["If-Unmodified-Since: earlier", { ifUnmodifiedSince: EARLIER }, 412],
    ["If-Unmodified-Since: no date", { ifUnmodifiedSince: "yesterday" }, undefined],
  ])("%s", (_what, conditions, expected) => {
    expect(checkConditions("GET", conditions, validators)).toBe(expected);
    expect(checkConditions("HEAD", conditions, validators)).toBe(expected);
  });

  test.each<[conditions: Conditions, expected: 304 | 412 | undefined]>([
    [{ ifNoneMatch: '"v1"' }, 412],
    [{ ifNoneMatch: "*" }, 412],
    [{ ifNoneMatch: '"v2"' }, undefined],
    [{ ifModifiedSince: DATE }, undefined],
    [{ ifMatch: '"v2"' }, 412],
  ])("keeps a PUT with %j from being done: %s", (conditions, expected) => {
    expect(checkConditions("PUT", conditions, validators)).toBe(expected);
  });

  test.each<[conditions: Conditions, expected: 304 | 412 | undefined]>([
    [{ ifNoneMatch: "*" }, undefined],
    [{ ifMatch: "*" }, 412],
    [{ ifModifiedSince: DATE }, undefined],
    [{ ifUnmodifiedSince: EARLIER }, undefined],
  ])("for what has no validators, %j means %s", (conditions, expected) => {
    expect(checkConditions("GET", conditions, {})).toBe(expected);
  });
});

describe("matchesIfRange", () => {
  test.each([
    ['"v1"', true],
    ['W/"v1"', false],
    ['"v2"', false],
    [DATE, true],
    [LATER, false],
    [EARLIER, false],
    ["v1", false],
  ])("%s: %s", (ifRange, expected) => {
    expect(matchesIfRange(ifRange, validators)).toBe(expected);
  });

  test("a weak tag matches nothing, nor does a tag that is not there", () => {
    expect(matchesIfRange('W/"v1"', { etag: 'W/"v1"' })).toBe(false);
    expect(matchesIfRange('"v1"', {})).toBe(false);
  });
});

describe("entity tags", () => {
  test.each<[list: string, tags: string[]]>([
    ["", []],
    ["*", ["*"]],
    [' "a" , W/"b"', ['"a"', 'W/"b"']],
    ['"a,b","c"', ['"a,b"', '"c"']],
    ['"""', []],
    ['""', ['""']],
    ['a, "b", c"d', ['"b"']],
    ['"open', []],
    ['"a", "open', ['"a"']],
  ])("of %j are %j", (list, tags) => {
    expect(parseEtags(list)).toEqual(tags);
  });

  test("get quotes where they have none", () => {
    expect(["a", '"a"', 'W/"a"'].map(quoteEtag)).toEqual(['"a"', '"a"', 'W/"a"']);
  });

  test("of a file are strong once it is old enough to have settled", () => {
    const young = fileValidators(16, 1_700_000_000_500, 1_700_000_001_000);
    const old = fileValidators(16, 1_700_000_000_500, 1_700_000_002_000);

    expect(old).toEqual({ etag: '"10-18bcfe569f4"', modified: 1_700_000_000 });
    expect(young.etag).toBe(`W/${old.etag}`);
  });
});
