import { expect, test } from "vitest";
import { ResponseHeaders } from "../../../framework/http/headers.ts";
import { patchVaryHeaders } from "../../../framework/http/vary.ts";

test.each([
  [undefined, ["Accept-Encoding"], "Accept-Encoding"],
  ["Accept-Encoding", ["accept-encoding"], "Accept-Encoding"],
  ["Accept-Encoding, Cookie", ["ACCEPT-ENCODING", "Cookie"], "Accept-Encoding, Cookie"],
  [
    "Cookie,     Accept-Encoding",
    ["Accept-Encoding", "Language"],
    "Cookie, Accept-Encoding, Language",
  ],
  ["*", ["Cookie"], "*"],
  ["Accept-Language, *", ["Cookie"], "*"],
  ["Cookie", ["*"], "*"],
])("patchVaryHeaders on %j adds %j: %j", (before, names, after) => {
  const headers = new ResponseHeaders();
  if (before !== undefined) headers.set("Vary", before);

  patchVaryHeaders(headers, names);

  expect(headers.get("Vary")).toBe(after);
});
