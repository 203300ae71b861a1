import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  formatManifest,
  MANIFEST_NAME,
  manifestHash,
  readManifest,
} from "../../../framework/staticfiles/manifest.ts";
import {
  MissingManifestEntry,
  staticUrl,
  type StaticUrlSettings,
  staticUrls,
} from "../../../framework/staticfiles/static-url.ts";
import { staticFolder } from "../../support/static-site.ts";

const plain: StaticUrlSettings = {
  DEBUG: false,
  FORCE_SCRIPT_NAME: null,
  STATIC_URL: "static/",
  STATIC_ROOT: null,
  STATICFILES_STORAGE: "plain",
  STATICFILES_MANIFEST_STRICT: true,
};

describe("staticUrl", () => {
  test.each<[settings: Partial<StaticUrlSettings>, path: string, url: string]>([
    [{}, "css/a.css", "/static/css/a.css"],
    [{}, "/css/a.css", "/static/css/a.css"],
    [{}, "", "/static/"],
    [{}, "a b+c&é.png", "/static/a%20b%2Bc%26%C3%A9.png"],
    [{}, "~x!*()'.png", "/static/~x!*()'.png"],
    [{}, "100%.png", "/static/100%25.png"],
    [{}, "icons.svg?v=1#home", "/static/icons.svg?v=1#home"],
    [{}, `"><script>.js`, "/static/%22%3E%3Cscript%3E.js"],
    [{ STATIC_URL: "/assets/" }, "a.css", "/assets/a.css"],
    [{ STATIC_URL: "https://cdn.example.com/s/" }, "a.css", "https://cdn.example.com/s/a.css"],
    [{ STATIC_URL: "//cdn.example.com/" }, "a.css", "//cdn.example.com/a.css"],
    [{ FORCE_SCRIPT_NAME: "/shop" }, "a.css", "/shop/static/a.css"],
    [{ FORCE_SCRIPT_NAME: "/shop", STATIC_URL: "/static/" }, "a.css", "/static/a.css"],
    [{ FORCE_SCRIPT_NAME: "/" }, "a.css", "/static/a.css"],
  ])("with %j gives %j the URL %s", (settings, path, url) => {
    expect(staticUrl({ ...plain, ...settings }, path)).toBe(url);
  });

  test("needs STATIC_URL", () => {
    expect(() => staticUrl({ ...plain, STATIC_URL: null }, "a.css")).toThrow(
      'the settings have no STATIC_URL: write STATIC_URL: "static/".',
    );
  });

  test("builds the URLs of a site once", () => {
    expect(staticUrls(plain)).toBe(staticUrls(plain));
    expect(staticUrls({ ...plain })).not.toBe(staticUrls(plain));
  });
});

describe("staticUrl with a manifest", () => {
  const paths = { "css/a.css": "css/a.0123456789ab.css", "a b.png": "a b.0123456789ab.png" };

  async function manifestFolder(): Promise<Awaited<ReturnType<typeof staticFolder>>> {
    return await staticFolder({ [MANIFEST_NAME]: formatManifest(new Map(Object.entries(paths))) });
  }

  test("gives names with a hash, and keeps query and fragment", async () => {
    using folder = await manifestFolder();
    const settings: StaticUrlSettings = {
      ...plain,
      STATIC_ROOT: folder.path,
      STATICFILES_STORAGE: "manifest",
    };

    expect(staticUrl(settings, "css/a.css")).toBe("/static/css/a.0123456789ab.css");
    expect(staticUrl(settings, "css/a.css?x#y")).toBe("/static/css/a.0123456789ab.css?x#y");
    expect(staticUrl(settings, "a b.png")).toBe("/static/a%20b.0123456789ab.png");
    expect(staticUrl(settings, "css/")).toBe("/static/css/");
    expect(staticUrl(settings, "css/?query")).toBe("/static/css/?query");
  });

  test("gives plain names with DEBUG, and reads no manifest", () => {
    const settings: StaticUrlSettings = {
      ...plain,
      DEBUG: true,
      STATIC_ROOT: null,
      STATICFILES_STORAGE: "manifest",
    };

    expect(staticUrl(settings, "anything.css")).toBe("/static/anything.css");
  });

  test("refuses a file that was not collected, unless it is not strict", async () => {
    using folder = await manifestFolder();
    const settings: StaticUrlSettings = {
      ...plain,
      STATIC_ROOT: folder.path,
      STATICFILES_STORAGE: "manifest",
    };

    expect(() => staticUrl(settings, "b.css")).toThrow(MissingManifestEntry);
    expect(() => staticUrl(settings, "b.css?x")).toThrow(
      /^Missing staticfiles manifest entry for 'b\.css'\.$/,
    );
    expect(staticUrl({ ...settings, STATICFILES_MANIFEST_STRICT: false }, "b.css")).toBe(
      "/static/b.css",
    );
  });

  test("says that nothing was collected yet", async () => {
    using folder = await staticFolder();
    const settings: StaticUrlSettings = {
      ...plain,
      STATIC_ROOT: folder.path,
      STATICFILES_STORAGE: "manifest",
    };

    expect(() => staticUrl(settings, "a.css")).toThrow(
      `There is no staticfiles.json in ${folder.path}: run devserver collectstatic.`,
    );
    expect(() => staticUrl({ ...settings, STATIC_ROOT: null }, "a.css")).toThrow(
      "STATIC_ROOT must name the folder",
    );
  });

  test("knows which names have a hash", async () => {
    using folder = await manifestFolder();
    const urls = staticUrls({
      ...plain,
      STATIC_ROOT: folder.path,
      STATICFILES_STORAGE: "manifest",
    });

    expect(urls.isHashed("css/a.0123456789ab.css")).toBe(true);
    expect(urls.isHashed("css/a.css")).toBe(false);
  });
});

describe("the manifest", () => {
  // What Django writes: md5(json.dumps(sorted(paths.items())).encode()).hexdigest()[:12]
  test.each<[paths: Record<string, string>, hash: string]>([
    [{}, "d75171398898"],
    [{ "css/site.css": "css/site.0123456789ab.css" }, "1ec80224c3f9"],
    [
      {
        "b.css": "b.1.css",
        'a"é🎸.css': "a.2.css",
        "\uffee.txt": "\uffee.3.txt",
        "\x7f": "\x7f",
      },
      "aa6b17a95318",
    ],
  ])("of %j has Django's hash", (paths, hash) => {
    expect(manifestHash(new Map(Object.entries(paths)))).toBe(hash);
  });

  test("is read as it was written, also one of Django's older version", async () => {
    const paths = new Map([
      ["b", "b.1"],
      ["a", "a.1"],
    ]);
    using folder = await staticFolder({
      "new/staticfiles.json": formatManifest(paths),
      "old/staticfiles.json": '{"paths": {"a": "a.1"}, "version": "1.0"}',
    });

    expect(readManifest(join(folder.path, "new"))).toEqual({ paths, hash: manifestHash(paths) });
    expect(readManifest(join(folder.path, "old"))).toEqual({
      paths: new Map([["a", "a.1"]]),
      hash: "",
    });
    expect(readManifest(join(folder.path, "none"))).toBeUndefined();
  });

  test.each(['{"paths": {}, "version": "2.0"}', "[]", "null", "{", ""])(
    "is not read from %j",
    async (text) => {
      using folder = await staticFolder({ "staticfiles.json": text });

      expect(() => readManifest(folder.path)).toThrow(
        /^Couldn't load manifest .+\(version 1\.1\): /,
      );
    },
  );
});
