import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StaticFilesFinder } from "../../../framework/conf/sections/static-files.ts";
import {
  AppDirectoriesFinder,
  FileSystemFinder,
  find,
  searchedLocations,
} from "../../../framework/staticfiles/finders.ts";
import { matchesAny } from "../../../framework/staticfiles/ignore-patterns.ts";
import { staticFolder, staticSettings } from "../../support/static-site.ts";

const nothingIgnored = (): boolean => false;

describe("find", () => {
  test("looks in STATICFILES_DIRS, then in the apps, in their order", async () => {
    using folder = await staticFolder({
      "static/a.css": "",
      "polls/static/a.css": "",
      "polls/static/polls/b.css": "",
      "blog/static/a.css": "",
    });
    const settings = staticSettings(folder);

    expect(find(settings, "a.css")).toBe(join(folder.path, "static/a.css"));
    expect(find(settings, "polls/b.css")).toBe(join(folder.path, "polls/static/polls/b.css"));
    expect(find(settings, "a.css", { all: true })).toEqual([
      join(folder.path, "static/a.css"),
      join(folder.path, "polls/static/a.css"),
      join(folder.path, "blog/static/a.css"),
    ]);
  });

  test("gives nothing for what is nowhere, and for a folder", async () => {
    using folder = await staticFolder({ "static/css/a.css": "" });
    const settings = staticSettings(folder);

    expect(find(settings, "b.css")).toBeUndefined();
    expect(find(settings, "css")).toBeUndefined();
    expect(find(settings, "b.css", { all: true })).toEqual([]);
  });

  test("finds what was added since, also in a folder that is new", async () => {
    using folder = await staticFolder();
    mkdirSync(join(folder.path, "polls"));
    const settings = staticSettings(folder);
    expect(find(settings, "late.css")).toBeUndefined();

    await folder.write({ "polls/static/late.css": "" });

    expect(find(settings, "late.css")).toBe(join(folder.path, "polls/static/late.css"));
  });

  test("finds files of a folder with a prefix below the prefix only", async () => {
    using folder = await staticFolder({ "pdf/a.pdf": "" });
    const settings = staticSettings(folder, {
      STATICFILES_DIRS: [["files/pdf", join(folder.path, "pdf")]],
    });

    expect(find(settings, "files/pdf/a.pdf")).toBe(join(folder.path, "pdf/a.pdf"));
    expect(find(settings, "a.pdf")).toBeUndefined();
    expect(find(settings, "files/pdfa.pdf")).toBeUndefined();
  });

  test("asks the finders of the settings, which may be the project's own", async () => {
    using folder = await staticFolder({ "polls/static/a.css": "" });
    class Bundle implements StaticFilesFinder {
      readonly locations = ["/bundle"];
      find = (path: string): string[] => (path === "bundle.js" ? ["/bundle/1.js"] : []);
      list = (): [] => [];
    }
    const settings = staticSettings(folder, {
      STATICFILES_FINDERS: [Bundle, AppDirectoriesFinder],
    });

    expect(find(settings, "bundle.js")).toBe("/bundle/1.js");
    expect(searchedLocations(settings)).toEqual(["/bundle", join(folder.path, "polls/static")]);
  });

  test("says that STATIC_ROOT is no source", async () => {
    using folder = await staticFolder();
    const settings = staticSettings(folder, { STATIC_ROOT: join(folder.path, "static/") });

    expect(() => find(settings, "a.css")).toThrow(
      "The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting",
    );
  });
});

describe("a finder's list", () => {
  test("has every file below its prefix, sorted, and none of a folder that is not there", async () => {
    using folder = await staticFolder({ "static/b.css": "", "static/a/z.js": "", "pdf/x.pdf": "" });
    const finder = new FileSystemFinder(
      staticSettings(folder, {
        STATICFILES_DIRS: [
          join(folder.path, "static"),
          ["files", join(folder.path, "pdf")],
          join(folder.path, "gone"),
        ],
      }),
    );

    expect([...finder.list(nothingIgnored)]).toEqual([
      { path: "a/z.js", source: join(folder.path, "static/a/z.js") },
      { path: "b.css", source: join(folder.path, "static/b.css") },
      { path: "files/x.pdf", source: join(folder.path, "pdf/x.pdf") },
    ]);
  });

  test("leaves out what is ignored, with all that is in it", async () => {
    using folder = await staticFolder({
      "static/a.css": "",
      "static/a.css~": "",
      "static/.env": "",
      "static/vendor/b.css": "",
      "static/vendor/b.map": "",
      "static/.git/config": "",
    });
    const finder = new FileSystemFinder(staticSettings(folder));

    const found = [...finder.list(matchesAny([".*", "*~", "vendor/*.map"]))];

    expect(found.map(({ path }) => path)).toEqual(["a.css", "vendor/b.css"]);
  });

  test("follows links, but not in circles", async () => {
    using folder = await staticFolder({ "static/a.css": "", "elsewhere/b.css": "" });
    symlinkSync("../elsewhere", join(folder.path, "static/vendor"));
    symlinkSync("..", join(folder.path, "elsewhere/up"));
    symlinkSync(".", join(folder.path, "static/self"));
    symlinkSync("gone", join(folder.path, "static/dead"));
    const finder = new FileSystemFinder(staticSettings(folder));

    const found = [...finder.list(nothingIgnored)].map(({ path }) => path);

    expect(found).toContain("vendor/b.css");
    expect(found).not.toContain("self/a.css");
    expect(found.length).toBeLessThan(10);
  });
});

describe("ignore patterns", () => {
  test.each<[pattern: string, path: string, matches: boolean]>([
    ["*.css", "a.css", true],
    ["*.css", "deep/a.css", true],
    ["*.css", "a.css.map", false],
    ["a.?ss", "a.css", true],
    ["a.?ss", "axcss", false],
    ["vendor/*", "vendor/deep/a.css", true],
    ["vendor", "vendor", true],
    ["vendor", "vendors", false],
    ["[Mm]akefile", "makefile", true],
    ["[!a]*", "abc", false],
    ["[!a]*", "bcd", true],
    ["a[", "a[", true],
    ["[]]", "]", true],
    ["(a|b)+", "(a|b)+", true],
    [".*", ".git", true],
    [".*", "x.git", false],
    ["*~", "a.css~", true],
  ])("%s and %s: %s", (pattern, path, matches) => {
    expect(matchesAny([pattern])(path)).toBe(matches);
  });
});
