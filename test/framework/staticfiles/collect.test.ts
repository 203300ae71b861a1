import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { chmod, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Settings } from "../../../framework/conf/settings.ts";
import { CollectError } from "../../../framework/staticfiles/static-root.ts";
import {
  collect,
  collectedFiles,
  read,
  staticFolder,
  staticSettings,
} from "../../support/static-site.ts";

describe("collecting", () => {
  test("copies what the finders find, the first of each name", async () => {
    using folder = await staticFolder({
      "static/a.css": "project",
      "polls/static/a.css": "polls",
      "polls/static/polls/b.css": "b",
    });

    const { modified, unmodified, skipped, messages } = collect(staticSettings(folder));

    expect([modified, unmodified, skipped]).toEqual([["a.css", "polls/b.css"], [], ["a.css"]]);
    expect(collectedFiles(folder)).toEqual(["a.css", "polls/b.css"]);
    expect(read(folder, "collected/a.css")).toBe("project");
    expect(messages).toContainEqual(
      expect.stringContaining("Found another file with the destination path 'a.css'"),
    );
  });

  test("leaves alone what has not changed", async () => {
    using folder = await staticFolder({ "static/a.css": "a", "static/b.css": "b" });
    const settings = staticSettings(folder);
    collect(settings);

    await folder.write({ "static/b.css": "longer" });

    expect(collect(settings)).toMatchObject({ modified: ["b.css"], unmodified: ["a.css"] });
  });

  test("copies a newer file of the same size, and an older one of another size", async () => {
    using folder = await staticFolder({ "static/newer": "1", "static/older": "1" });
    const settings = staticSettings(folder);
    collect(settings);

    await folder.write({ "static/newer": "2", "static/older": "22" });
    await utimes(join(folder.path, "static/newer"), 4e9, 4e9);
    await utimes(join(folder.path, "static/older"), 1e9, 1e9);

    expect(collect(settings).modified).toEqual(["newer", "older"]);
    expect(collect(settings).unmodified).toEqual(["older"]);
  });

  test("makes copies that a web server can read", async () => {
    using folder = await staticFolder({ "static/a.css": "a" });
    await chmod(join(folder.path, "static/a.css"), 0o600);

    collect(staticSettings(folder));

    expect(statSync(join(folder.path, "collected/a.css")).mode & 0o777).toBe(0o644);
  });

  test("leaves out what it is told to", async () => {
    using folder = await staticFolder({
      "static/a.css": "",
      "static/.env": "",
      "static/x/y.map": "",
    });

    collect(staticSettings(folder), { ignore: [".*", "x"] });

    expect(collectedFiles(folder)).toEqual(["a.css"]);
  });

  test("keeps what was there before, unless it is to be cleared", async () => {
    using folder = await staticFolder({ "static/a.css": "", "collected/old/deep/b.css": "" });
    const settings = staticSettings(folder);

    collect(settings);
    expect(collectedFiles(folder)).toEqual(["a.css", "old/deep/b.css"]);

    const { modified, messages } = collect(settings, { clear: true });
    expect(modified).toEqual(["a.css"]);
    expect(messages).toContain("Deleting 'old/deep/b.css'");
    expect(collectedFiles(folder)).toEqual(["a.css"]);
    expect(existsSync(join(folder.path, "collected/old"))).toBe(false);
  });

  test("does nothing in a dry run but say what it would do", async () => {
    using folder = await staticFolder({ "static/a.css": "", "collected/b.css": "" });
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest" });

    const { modified, postProcessed, messages } = collect(settings, { dryRun: true, clear: true });

    expect([modified, postProcessed]).toEqual([["a.css"], []]);
    expect(collectedFiles(folder)).toEqual(["b.css"]);
    expect(messages).toEqual([
      "Pretending to delete 'b.css'",
      `Pretending to copy '${folder.path}/static/a.css'`,
    ]);
  });
});

describe("linking", () => {
  test("makes links to the sources, once", async () => {
    using folder = await staticFolder({ "static/css/a.css": "a" });
    const settings = staticSettings(folder);

    expect(collect(settings, { link: true }).modified).toEqual(["css/a.css"]);
    expect(readlinkSync(join(folder.path, "collected/css/a.css"))).toBe(
      join(folder.path, "static/css/a.css"),
    );
    expect(collect(settings, { link: true }).unmodified).toEqual(["css/a.css"]);
  });

  test("and copying take each other's place, and no source is written to", async () => {
    using folder = await staticFolder({ "static/a.css": "a" });
    const settings = staticSettings(folder);
    collect(settings, { link: true });

    expect(collect(settings).modified).toEqual(["a.css"]);
    expect(lstatSync(join(folder.path, "collected/a.css")).isFile()).toBe(true);
    expect(collect(settings, { link: true }).modified).toEqual(["a.css"]);
    expect(lstatSync(join(folder.path, "static/a.css")).isFile()).toBe(true);
  });
});

describe("nothing outside of STATIC_ROOT", () => {
  test("is written through a link that is a file's name", async () => {
    using folder = await staticFolder({ "static/a.css": "new", precious: "mine" });
    mkdirSync(join(folder.path, "collected"));
    symlinkSync("../precious", join(folder.path, "collected/a.css"));

    collect(staticSettings(folder));

    expect(read(folder, "precious")).toBe("mine");
    expect(read(folder, "collected/a.css")).toBe("new");
  });

  test("is written through a link that is a folder's name", async () => {
    using folder = await staticFolder({ "static/css/a.css": "new", "elsewhere/a.css": "mine" });
    mkdirSync(join(folder.path, "collected"));
    symlinkSync("../elsewhere", join(folder.path, "collected/css"));

    expect(() => collect(staticSettings(folder))).toThrow(CollectError);
    expect(() => collect(staticSettings(folder))).toThrow(
      `'css/a.css' would be written outside of STATIC_ROOT`,
    );
    expect(read(folder, "elsewhere/a.css")).toBe("mine");
  });

  test("is deleted through links", async () => {
    using folder = await staticFolder({ "elsewhere/a.css": "mine", precious: "mine" });
    mkdirSync(join(folder.path, "collected"));
    symlinkSync("../elsewhere", join(folder.path, "collected/css"));
    symlinkSync("../precious", join(folder.path, "collected/p"));

    collect(staticSettings(folder), { clear: true });

    expect(collectedFiles(folder)).toEqual([]);
    expect(read(folder, "elsewhere/a.css")).toBe("mine");
    expect(read(folder, "precious")).toBe("mine");
  });

  test.each<[string, (path: string) => Partial<Settings>]>([
    ["is a source", (path) => ({ STATIC_ROOT: join(path, "static") })],
    ["is in a source", (path) => ({ STATIC_ROOT: join(path, "static/collected") })],
    ["has a source in it", (path) => ({ STATIC_ROOT: join(path, "polls") })],
    ["is the project", (path) => ({ STATIC_ROOT: path })],
    ["has the project in it", (path) => ({ STATIC_ROOT: join(path, "..") })],
    ["is everything", () => ({ STATIC_ROOT: "/" })],
    ["is a link to a source", (path) => ({ STATIC_ROOT: join(path, "link") })],
    ["is not set", () => ({ STATIC_ROOT: null })],
  ])("is touched when STATIC_ROOT %s", async (_name, overrides) => {
    using folder = await staticFolder({ "static/a.css": "a", "polls/static/b.css": "b" });
    symlinkSync("static", join(folder.path, "link"));
    const settings = staticSettings(folder, overrides(folder.path));

    expect(() => collect(settings, { clear: true })).toThrow("STATIC_ROOT");
    expect(globSync("**/*.css", { cwd: folder.path }).toSorted()).toEqual([
      "polls/static/b.css",
      "static/a.css",
    ]);
  });

  test("is needed by a folder where a file is to be, or a file where a folder is to be", async () => {
    using folder = await staticFolder({
      "static/x": "file",
      "static/y/z": "file",
      "collected/x/kept": "1",
    });

    expect(() => collect(staticSettings(folder))).toThrow("'x' is to be a file, but");
    await folder.write({ "other/y": "" });
    const settings = staticSettings(folder, { STATIC_ROOT: join(folder.path, "other") });
    expect(() => collect(settings)).toThrow("'y/z' needs a folder");
    expect(globSync("collected/.*", { cwd: folder.path })).toEqual([]);
  });
});
