import { expect, test } from "vitest";
import { shiftPathInfo } from "../../../devserver/wsgiserver/shift-path-info.ts";
import { setupTestingDefaults } from "../../../devserver/wsgiserver/testing-defaults.ts";

// What Python answers, save for `..`, which climbs there.
test.each<[script: string, path: string, name: string | undefined, script: string, path: string]>([
  ["", "", undefined, "", ""],
  ["", "/", "", "/", ""],
  ["", "/x/y", "x", "/x", "/y"],
  ["", "/x", "x", "/x", ""],
  ["", "/x/", "x", "/x", "/"],
  ["/foo", "/x//y", "x", "/foo/x", "/y"],
  ["/a", "/x/./y", "x", "/a/x", "/y"],
  ["/a", "/x/..", "x", "/a/x", "/.."],
  ["/a", "/.", undefined, "/a", ""],
  ["/a", "/..", "..", "/a/..", ""],
  ["/a/b", "//y", "y", "/a/b/y", ""],
  ["/a", "/", "", "/a/", ""],
])("shiftPathInfo of %j and %j is %j", (script, path, name, newScript, newPath) => {
  const environ = setupTestingDefaults({ SCRIPT_NAME: script, PATH_INFO: path });

  expect(shiftPathInfo(environ)).toBe(name);
  expect([environ.SCRIPT_NAME, environ.PATH_INFO]).toEqual([newScript, newPath]);
});
