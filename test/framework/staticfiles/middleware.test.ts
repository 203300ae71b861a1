import { symlinkSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { getWSGIApplication } from "../../../framework/handlers/wsgi-handler.ts";
import { staticFilesMiddleware } from "../../../framework/staticfiles/middleware.ts";
import { askSite, staticFolder, staticSettings } from "../../support/static-site.ts";

const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";

describe("static files with DEBUG", () => {
  test("are sent with Django's headers, validators, and the wish to be asked again", async () => {
    using folder = await staticFolder({ "static/a.css": "a{}" });
    await utimes(join(folder.path, "static/a.css"), 1_700_000_000, 1_700_000_000);

    const answer = await askSite(staticSettings(folder), "/static/a.css");

    expect(answer.status).toBe("200 OK");
    expect(answer.text).toBe("a{}");
    expect(Object.fromEntries(answer.headers)).toEqual({
      "Content-Type": "text/css; charset=utf-8",
      "Content-Length": "3",
      "Content-Disposition": 'inline; filename="a.css"',
      "Last-Modified": DATE,
      ETag: '"3-18bcfe56800"',
      "Accept-Ranges": "bytes",
      "Cache-Control": "no-cache",
    });
  });

  test("are sent in part, or not at all, as the client wishes", async () => {
    using folder = await staticFolder({ "static/a.txt": "abcdefghij" });
    await utimes(join(folder.path, "static/a.txt"), 1_700_000_000, 1_700_000_000);
    const settings = staticSettings(folder);
    const ask = async (headers: Record<string, string>): Promise<[string, string]> => {
      const { status, text } = await askSite(settings, "/static/a.txt", { headers });
      return [status, text];
    };

    expect(await ask({ Range: "bytes=2-4" })).toEqual(["206 Partial Content", "cde"]);
    expect(await ask({ Range: "bytes=2-4", "If-Range": DATE })).toEqual([
      "206 Partial Content",
      "cde",
    ]);
    expect(await ask({ Range: "bytes=2-4", "If-Range": '"other"' })).toEqual([
      "200 OK",
      "abcdefghij",
    ]);
    expect(await ask({ Range: "bytes=99-" })).toEqual(["416 Range Not Satisfiable", ""]);
    expect(await ask({ "If-Modified-Since": DATE })).toEqual(["304 Not Modified", ""]);
    expect(await ask({ "If-Modified-Since": "nonsense" })).toEqual(["200 OK", "abcdefghij"]);
    expect(await ask({ "If-None-Match": '"a-18bcfe56800"' })).toEqual(["304 Not Modified", ""]);
  });

  test.each([
    ["a.css", "text/css; charset=utf-8"],
    ["a.js", "text/javascript; charset=utf-8"],
    ["a.mjs", "text/javascript; charset=utf-8"],
    ["a.json", "application/json; charset=utf-8"],
    ["a.svg", "image/svg+xml; charset=utf-8"],
    ["a.html", "text/html; charset=utf-8"],
    ["a.woff2", "font/woff2"],
    ["a.png", "image/png"],
    ["a.wasm", "application/wasm"],
    ["a.tar.gz", "application/gzip"],
    ["LICENSE", "application/octet-stream"],
  ])("%s is sent as %s", async (name, type) => {
    using folder = await staticFolder({ [`static/${name}`]: "x" });

    const answer = await askSite(staticSettings(folder), `/static/${name}`);

    expect(answer.header("Content-Type")).toBe(type);
  });

  test("are read anew each time", async () => {
    using folder = await staticFolder({ "static/a.css": "old" });
    const settings = staticSettings(folder);
    await askSite(settings, "/static/a.css");

    await folder.write({ "static/a.css": "newer" });

    expect((await askSite(settings, "/static/a.css")).text).toBe("newer");
  });

  test("that are not there are a 404 which names the folders", async () => {
    using folder = await staticFolder({ "polls/static/x": "" });

    const answer = await askSite(staticSettings(folder), "/static/b.css");

    expect(answer.status).toBe("404 Not Found");
    expect(answer.text).toContain("Page not found (404) at /static/b.css");
    expect(answer.text).toContain(
      `'b.css' could not be found. Searched in:\n  ${folder.path}/static\n  ${folder.path}/polls/static\n`,
    );
    expect(answer.header("Content-Length")).toBe(String(Buffer.byteLength(answer.text)));
  });

  test("that are not there while no folder is searched: the page says so", async () => {
    using folder = await staticFolder();

    const { text } = await askSite(
      staticSettings(folder, { STATICFILES_DIRS: [] }),
      "/static/b.css",
    );

    expect(text).toContain("no folder is searched");
  });

  test.each(["/static/", "/static/css/", "/static/css"])("%s has no index", async (path) => {
    using folder = await staticFolder({ "static/css/a.css": "" });

    expect((await askSite(staticSettings(folder), path)).status).toBe("404 Not Found");
  });

  test("answer to the site's hosts only", async () => {
    using folder = await staticFolder({ "static/a.css": "a{}" });
    const headers = { Host: "evil.example" };

    const answer = await askSite(staticSettings(folder), "/static/a.css", { headers });

    expect(answer.status).toBe("400 Bad Request");
    expect(answer.text).toContain("DisallowedHost");
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "FOO"])(
    "cannot be asked for by %s",
    async (method) => {
      using folder = await staticFolder({ "static/a.css": "a{}" });

      const answer = await askSite(staticSettings(folder), "/static/a.css", { method });

      expect(answer.status).toBe("405 Method Not Allowed");
      expect(answer.header("Allow")).toBe("GET, HEAD");
    },
  );

  test("have a HEAD like their GET", async () => {
    using folder = await staticFolder({ "static/a.css": "a{}" });
    const settings = staticSettings(folder);

    const get = await askSite(settings, "/static/a.css");
    const head = await askSite(settings, "/static/a.css", { method: "HEAD" });

    expect(head.status).toBe("200 OK");
    expect(head.header("Content-Length")).toBe(get.header("Content-Length"));
  });

  // The paths as WSGI has them: percent-escapes decoded once, bytes as latin-1.
  test.each([
    "/static/../settings.ts",
    "/static/../../etc/passwd",
    "/static//etc/passwd",
    "/static/css/../../settings.ts",
    "/static/..\\settings.ts",
    "/static/%2e%2e/settings.ts",
    "/static/%252e%252e/settings.ts",
    "/static/a.css\0.png",
    "/static/\xc0\xae\xc0\xae/settings.ts",
    "/static/.env",
    "/static/.git/config",
    "/static/a.css/",
    "/static/a.css/b",
    `/static/${"a".repeat(10_000)}`,
  ])("do not include %j", async (path) => {
    using folder = await staticFolder({
      "settings.ts": "SECRET",
      "static/a.css": "SECRET",
      "static/.env": "SECRET",
      "static/.git/config": "SECRET",
    });

    const answer = await askSite(staticSettings(folder), path);

    expect(answer.status).toBe("404 Not Found");
    expect(answer.text).not.toContain("SECRET");
    expect(answer.errors).toMatch(/^Not Found: .*\n$/s);
  });

  test("may be links, for the folders are the developer's own", async () => {
    using folder = await staticFolder({ "elsewhere/a.css": "a{}" });
    symlinkSync("../elsewhere", join(folder.path, "static/vendor"));

    const { text } = await askSite(staticSettings(folder), "/static/vendor/a.css");

    expect(text).toBe("a{}");
  });

  test("have names in any alphabet", async () => {
    using folder = await staticFolder({ "static/müsik ♫.txt": "la" });
    const path = `/static/${Buffer.from("müsik ♫.txt").toString("latin1")}`;

    expect((await askSite(staticSettings(folder), path)).text).toBe("la");
  });
});

describe("which paths are static", () => {
  test.each<[string, string | undefined, string]>([
    ["static/", undefined, "/static/a.css"],
    ["/static/", undefined, "/static/a.css"],
    ["static/", "/shop", "/static/a.css"],
    ["/shop/static/", "/shop", "/static/a.css"],
    ["/a/b/", undefined, "/a/b/a.css"],
    ["/caf%C3%A9/", undefined, "/caf\xc3\xa9/a.css"],
  ])("STATIC_URL %s below %s: %s is", async (STATIC_URL, SCRIPT_NAME = "", path) => {
    using folder = await staticFolder({ "static/a.css": "a{}" });
    const settings = staticSettings(folder, { STATIC_URL });

    const { text } = await askSite(settings, path, { environ: { SCRIPT_NAME } });

    expect(text).toBe("a{}");
  });

  test.each<[string | null, string]>([
    ["static/", "/"],
    ["static/", "/static"],
    ["static/", "/statics/a.css"],
    ["static/", "/x/static/a.css"],
    ["static/", "//static/a.css"],
    ["https://cdn.example.com/static/", "/static/a.css"],
    ["//cdn.example.com/static/", "/static/a.css"],
    [null, "/static/a.css"],
  ])("with STATIC_URL %s, %s is not", async (STATIC_URL, path) => {
    using folder = await staticFolder({ "static/a.css": "a{}" });

    const { text } = await askSite(staticSettings(folder, { STATIC_URL }), path);

    expect(text).toBe("home");
  });
});

describe("static files without DEBUG", () => {
  test("are not served by themselves", async () => {
    using folder = await staticFolder({ "static/a.css": "a{}" });

    const { text } = await askSite(staticSettings(folder, { DEBUG: false }), "/static/a.css");

    expect(text).toBe("home");
  });

  test("are found as with DEBUG, or else collected, when that is asked for", async () => {
    using folder = await staticFolder({ "static/a.css": "found", "collected/b.css": "collected" });
    const settings = staticSettings(folder, { DEBUG: false });
    const ask = async (name: string): Promise<string> =>
      (await askSite(settings, `/static/${name}`, { insecure: true })).text;

    expect(await ask("a.css")).toBe("found");
    expect(await ask("b.css")).toBe("collected");
    expect(await ask("c.css")).not.toContain(folder.path);
  });

  test("are those of STATIC_ROOT where MIDDLEWARE has staticFilesMiddleware", async () => {
    using folder = await staticFolder({
      "static/a.css": "source",
      "collected/a.css": "plain",
      "collected/a.0123456789ab.css": "hashed",
      "collected/staticfiles.json":
        '{"paths": {"a.css": "a.0123456789ab.css"}, "version": "1.1", "hash": "x"}',
    });
    const settings = staticSettings(folder, {
      DEBUG: false,
      STATICFILES_STORAGE: "manifest",
      MIDDLEWARE: [staticFilesMiddleware],
    });

    const plain = await askSite(settings, "/static/a.css");
    const hashed = await askSite(settings, "/static/a.0123456789ab.css");
    const manifest = await askSite(settings, "/static/staticfiles.json");

    expect([plain.text, plain.header("Cache-Control")]).toEqual(["plain", "no-cache"]);
    expect([hashed.text, hashed.header("Cache-Control")]).toEqual([
      "hashed",
      "public, max-age=31536000, immutable",
    ]);
    expect(manifest.status).toBe("404 Not Found");
  });

  test("need STATIC_ROOT there", async () => {
    using folder = await staticFolder();
    const settings = staticSettings(folder, {
      DEBUG: false,
      STATIC_ROOT: null,
      MIDDLEWARE: [staticFilesMiddleware],
    });

    await expect(getWSGIApplication(settings)).rejects.toThrow(
      "staticFilesMiddleware serves STATIC_ROOT when DEBUG is false",
    );
  });

  test("need STATIC_URL there", async () => {
    using folder = await staticFolder();
    const settings = staticSettings(folder, {
      STATIC_URL: null,
      MIDDLEWARE: [staticFilesMiddleware],
    });

    await expect(getWSGIApplication(settings)).rejects.toThrow("have no STATIC_URL");
  });
});
