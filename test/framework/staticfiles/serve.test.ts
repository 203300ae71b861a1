import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serve, type ServeParams } from "../../../framework/staticfiles/serve.ts";
import { staticPatterns } from "../../../framework/staticfiles/static-patterns.ts";
import { path } from "../../../framework/urls/path.ts";
import { home, staticFolder } from "../../support/static-site.ts";
import { type Answer, call, makeApplication } from "../../support/wsgi.ts";

/** What a site answers that serves `documentRoot` at `files/`. */
async function ask(
  documentRoot: string,
  url: string,
  options: Partial<ServeParams> & { readonly method?: string } = {},
): Promise<Answer> {
  const { method = "GET", ...params } = options;
  const application = await makeApplication([
    path("files/", (request) => serve(request, { ...params, path: "", documentRoot })),
    path("files/<path:path>", (request, { path }) =>
      serve(request, { ...params, path, documentRoot }),
    ),
  ]);
  return await call(application, { path: url, method });
}

describe("serve", () => {
  test("sends a file of the folder", async () => {
    using folder = await staticFolder({ "static/css/a.css": "a{}" });

    const answer = await ask(folder.path, "/files/static/css/a.css");

    expect([answer.status, answer.text]).toEqual(["200 OK", "a{}"]);
    expect(answer.header("Cache-Control")).toBe("no-cache");
  });

  test.each(["/files/static", "/files/static/", "/files/"])("has no index for %s", async (url) => {
    using folder = await staticFolder();

    expect((await ask(folder.path, url)).status).toBe("404 Not Found");
  });

  test("takes GET and HEAD only", async () => {
    using folder = await staticFolder({ "a.css": "" });

    expect((await ask(folder.path, "/files/a.css", { method: "DELETE" })).status).toMatch(/^405 /);
    expect((await ask(folder.path, "/files/a.css", { method: "HEAD" })).status).toBe("200 OK");
  });

  test("keeps dot files to itself, unless it is told otherwise", async () => {
    using folder = await staticFolder({ ".env": "KEY=1", ".well-known/x": "y" });

    expect((await ask(folder.path, "/files/.env")).status).toBe("404 Not Found");
    expect((await ask(folder.path, "/files/.well-known/x", { dotFiles: true })).text).toBe("y");
  });

  test("follows no link out of the folder, unless it is told so", async () => {
    using folder = await staticFolder({ secret: "SECRET" });
    symlinkSync("../secret", join(folder.path, "static/link"));
    const root = join(folder.path, "static");

    expect((await ask(root, "/files/link")).status).toBe("404 Not Found");
    expect((await ask(root, "/files/link", { followSymlinks: true })).text).toBe("SECRET");
  });

  test("calls a file by the name it was asked for, not by that of a link's end", async () => {
    using folder = await staticFolder({ "static/real.bin": "a{}" });
    symlinkSync("real.bin", join(folder.path, "static/link.css"));

    const answer = await ask(join(folder.path, "static"), "/files/link.css");

    expect(answer.header("Content-Type")).toBe("text/css; charset=utf-8");
    expect(answer.header("Content-Disposition")).toBe('inline; filename="link.css"');
  });
});

describe("an index", () => {
  test("lists folders and files, and nothing with a dot in front", async () => {
    using folder = await staticFolder({
      "sub/b & <c>.txt": "",
      "sub/a:b.txt": "",
      "sub/deep/x": "",
      "sub/.hidden": "",
    });

    const answer = await ask(folder.path, "/files/sub/", { showIndexes: true });

    expect(answer.header("Content-Type")).toBe("text/html; charset=utf-8");
    expect(answer.text).toContain("<title>Index of sub/</title>");
    expect([...answer.text.matchAll(/<li>(.*)<\/li>/g)].map(([, item]) => item)).toEqual([
      '<a href="../">../</a>',
      '<a href="./a%3Ab.txt">a:b.txt</a>',
      '<a href="./b%20%26%20%3Cc%3E.txt">b &amp; &lt;c&gt;.txt</a>',
      '<a href="./deep/">deep/</a>',
    ]);
  });

  test("of the folder itself has no way up", async () => {
    using folder = await staticFolder({ "a.txt": "" });

    const { text } = await ask(folder.path, "/files/", { showIndexes: true });

    expect(text).toContain("<title>Index of /</title>");
    expect(text).not.toContain("../");
  });

  test("has a slash at the end of its URL, so that its links are right", async () => {
    using folder = await staticFolder({ "sub/a.txt": "" });

    const answer = await ask(folder.path, "/files/sub", { showIndexes: true });

    expect(answer.status).toBe("301 Moved Permanently");
    expect(answer.header("Location")).toBe("/files/sub/");
  });
});

describe("staticPatterns", () => {
  test("serve a folder with DEBUG", async () => {
    using folder = await staticFolder({ "media/a.txt": "a" });
    const patterns = staticPatterns("/media/", { documentRoot: join(folder.path, "media") });
    const settings = { DEBUG: true, ALLOWED_HOSTS: ["testserver"] };

    const application = await makeApplication([path("", home), ...patterns], settings);

    expect((await call(application, { path: "/media/a.txt" })).text).toBe("a");
    expect((await call(application, { path: "/media/../media/a.txt" })).status).toBe(
      "404 Not Found",
    );
    expect((await call(application, { path: "/media/" })).status).toBe("404 Not Found");
  });

  test("serve its index where one is wanted", async () => {
    using folder = await staticFolder({ "media/a.txt": "a" });
    const documentRoot = join(folder.path, "media");
    const patterns = staticPatterns("media/", { documentRoot, showIndexes: true });

    const application = await makeApplication(patterns, { DEBUG: true });

    expect((await call(application, { path: "/media/" })).text).toContain("Index of /");
  });

  test("serve nothing without DEBUG", async () => {
    using folder = await staticFolder({ "media/a.txt": "a" });
    const patterns = staticPatterns("media/", { documentRoot: join(folder.path, "media") });

    const application = await makeApplication(patterns);

    expect((await call(application, { path: "/media/a.txt" })).status).toBe("404 Not Found");
  });

  test("are none for another host, and refused for no prefix", () => {
    const options = { documentRoot: "/srv/media" };

    expect(staticPatterns("https://cdn.example.com/media/", options)).toEqual([]);
    expect(staticPatterns("//cdn.example.com/media/", options)).toEqual([]);
    expect(() => staticPatterns("", options)).toThrow("Empty static prefix not permitted");
  });

  test("say where they were declared", () => {
    const [pattern] = staticPatterns("media/", { documentRoot: "/srv/media" });

    // As path() says it: seen from the folder where the process runs.
    expect(pattern?.location).toMatch(/^test\/framework\/staticfiles\/serve\.test\.ts:\d+$/);
  });
});
