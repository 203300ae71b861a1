import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MissingFileError } from "../../../framework/staticfiles/hash-files.ts";
import { staticUrl } from "../../../framework/staticfiles/static-url.ts";
import {
  collect,
  collectedFiles,
  read,
  staticFolder,
  staticSettings,
} from "../../support/static-site.ts";

describe("collecting with a manifest", () => {
  const files = {
    "static/css/a.css": "a{background:url(../x.png)}",
    "static/x.png": "{}",
    "static/app.js": 'import "./lib.js";',
    "static/lib.js": "",
  };
  test("adds files with hashes and the manifest, which URLs are made with", async () => {
    using folder = await staticFolder(files);
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest", DEBUG: false });

    const { modified, postProcessed } = collect(settings);

    expect(modified).toHaveLength(4);
    expect(postProcessed).toHaveLength(4);
    expect(collectedFiles(folder)).toEqual([
      "app.e4e5620e8e74.js",
      "app.js",
      "css/a.css",
      "css/a.e11dc7715420.css",
      "lib.d41d8cd98f00.js",
      "lib.js",
      "staticfiles.json",
      "x.99914b932bd3.png",
      "x.png",
    ]);
    expect(staticUrl(settings, "css/a.css")).toBe("/static/css/a.e11dc7715420.css");
    expect(read(folder, "collected/css/a.e11dc7715420.css")).toBe(
      'a{background:url("../x.99914b932bd3.png")}',
    );
    expect(read(folder, "collected/css/a.css")).toBe(files["static/css/a.css"]);
  });

  test("processes again only stylesheets and scripts", async () => {
    using folder = await staticFolder(files);
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest" });
    collect(settings);
    const manifest = read(folder, "collected/staticfiles.json");

    const { postProcessed } = collect(settings);

    expect(postProcessed.toSorted()).toEqual(["app.js", "css/a.css", "lib.js"]);
    expect(read(folder, "collected/staticfiles.json")).toBe(manifest);
  });

  test("keeps the files of the version before, for pages that still name them", async () => {
    using folder = await staticFolder({ "static/a.txt": "1" });
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest" });
    collect(settings);

    await folder.write({ "static/a.txt": "22" });
    collect(settings);

    expect(collectedFiles(folder)).toEqual([
      "a.b6d767d2f8ed.txt",
      "a.c4ca4238a0b9.txt",
      "a.txt",
      "staticfiles.json",
    ]);
  });

  test("writes nothing when a file refers to one that is not there", async () => {
    using folder = await staticFolder({
      "static/a.css": "url(none.png)",
      "collected/old.css": "kept",
    });
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest" });

    expect(() => collect(settings, { clear: true })).toThrow(MissingFileError);
    expect(collectedFiles(folder)).toEqual(["old.css"]);
  });

  test("says so, and goes on, where that is no error", async () => {
    using folder = await staticFolder({ "static/a.css": "url(none.png)" });
    const settings = staticSettings(folder, {
      STATICFILES_STORAGE: "manifest",
      STATICFILES_MANIFEST_STRICT: false,
    });

    const { messages, postProcessed } = collect(settings);

    expect(postProcessed).toEqual(["a.css"]);
    expect(messages).toContainEqual(expect.stringContaining("'none.png' could not be found"));
  });

  test("leaves what is no UTF-8 as it is, byte for byte", async () => {
    using folder = await staticFolder();
    const bytes = Buffer.from("a{content:'caf\xe9' url(none.png)}", "latin1");
    writeFileSync(join(folder.path, "static/a.css"), bytes);
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest" });

    const { messages } = collect(settings);

    const name = collectedFiles(folder).find((path) => /^a\.\w{12}\.css$/.test(path)) ?? "";
    expect(readFileSync(join(folder.path, "collected", name))).toEqual(bytes);
    expect(messages).toContainEqual(expect.stringContaining("'a.css' is no UTF-8"));
  });

  test("adds no hashes where none are wanted", async () => {
    using folder = await staticFolder({ "static/a.css": "" });
    const settings = staticSettings(folder, { STATICFILES_STORAGE: "manifest" });

    collect(settings, { postProcess: false });

    expect(collectedFiles(folder)).toEqual(["a.css"]);
  });
});
