import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HTTPServer } from "../../../devserver/httpserver/http-server.ts";
import { SimpleHTTPRequestHandler } from "../../../devserver/httpserver/simple-http-request-handler.ts";
import { TemporaryFolder } from "../../support/projects.ts";

class QuietHandler extends SimpleHTTPRequestHandler {
  override logMessage(): void {}
}

describe("SimpleHTTPRequestHandler", () => {
  const folder = new TemporaryFolder();
  const root = join(folder.path, "root");
  const server = new HTTPServer(["127.0.0.1", 0], QuietHandler.withDirectory(root));
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.serverPort}${path}`, { redirect: "manual", ...init });

  beforeAll(async () => {
    await folder.write({
      "secret.txt": "secret",
      "root/letters.txt": "abcdefghij",
      "root/café & <b>.txt": "odd name",
      "root/empty.bin": "",
      "root/archive.tar.gz": "zip",
      "root/site/index.html": "<p>index",
      "root/Zebra/x": "",
      "root-other/leak.txt": "leak",
    });
    await mkdir(join(root, "bare"));
    await symlink("letters.txt", join(root, "link"));
    await symlink("site", join(root, "linked-folder"));
    await symlink("../secret.txt", join(root, "out"));
    await symlink("nowhere", join(root, "broken"));
    await server.start();
  });

  afterAll(async () => {
    await server.serverClose();
    folder[Symbol.dispose]();
  });

  test("sends a file with its type, length and validators", async () => {
    const response = await get("/letters.txt");

    expect(response.status).toBe(200);
    expect(await response.text()).toBe("abcdefghij");
    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("Content-Length")).toBe("10");
    expect(response.headers.get("Last-Modified")).toMatch(/ GMT$/);
    expect(response.headers.get("ETag")).toMatch(/^"[^"]+"$/);
  });

  test("sends headers alone for HEAD, the same as for GET", async () => {
    const head = await get("/letters.txt", { method: "HEAD" });

    expect(await head.text()).toBe("");
    expect(head.headers.get("Content-Length")).toBe("10");
  });

  test("answers 304 to a client that has the file", async () => {
    const etag = (await get("/letters.txt")).headers.get("ETag") ?? "";

    const response = await get("/letters.txt", { headers: { "If-None-Match": etag } });

    expect(response.status).toBe(304);
    expect(response.headers.get("ETag")).toBe(etag);
  });

  test("sends one part", async () => {
    const response = await get("/letters.txt", { headers: { Range: "bytes=2-4" } });

    expect(response.status).toBe(206);
    expect(await response.text()).toBe("cde");
    expect(response.headers.get("Content-Range")).toBe("bytes 2-4/10");
  });

  test("sends several parts between boundaries, with the right length", async () => {
    const response = await get("/letters.txt", { headers: { Range: "bytes=0-1,-2" } });

    const text = await response.text();
    expect(response.headers.get("Content-Type")).toMatch(/^multipart\/byteranges; boundary=/);
    expect(text.replaceAll(/--[-\w]+/g, "--B")).toBe(
      "\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-1/10\r\n\r\nab" +
        "\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 8-9/10\r\n\r\nij\r\n--B\r\n",
    );
    expect(Number(response.headers.get("Content-Length"))).toBe(text.length);
  });

  test("answers 416 to a part that does not exist", async () => {
    const response = await get("/letters.txt", { headers: { Range: "bytes=10-" } });

    expect(response.status).toBe(416);
    expect(response.headers.get("Content-Range")).toBe("bytes */10");
  });

  test("sends an empty file", async () => {
    const response = await get("/empty.bin");

    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(await response.text()).toBe("");
  });

  test("sends a compressed file as what it is", async () => {
    expect((await get("/archive.tar.gz")).headers.get("Content-Type")).toBe("application/gzip");
  });

  test("redirects to the slash of a folder and keeps the query", async () => {
    const response = await get("/site?a=1");

    expect(response.status).toBe(301);
    expect(response.headers.get("Location")).toBe("/site/?a=1");
  });

  test("shows a folder's index page", async () => {
    expect(await (await get("/site/")).text()).toBe("<p>index");
  });

  test("lists a folder without one: sorted, escaped, links marked", async () => {
    const response = await get("/");

    const items = [...(await response.text()).matchAll(/<li>(.*)<\/li>/g)].map(([, item]) => item);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(items).toEqual([
      '<a href="archive.tar.gz">archive.tar.gz</a>',
      '<a href="bare/">bare/</a>',
      '<a href="broken">broken@</a>',
      '<a href="caf%C3%A9%20%26%20%3Cb%3E.txt">café &amp; &lt;b&gt;.txt</a>',
      '<a href="empty.bin">empty.bin</a>',
      '<a href="letters.txt">letters.txt</a>',
      '<a href="link">link@</a>',
      '<a href="linked-folder/">linked-folder@</a>',
      '<a href="out">out@</a>',
      '<a href="site/">site/</a>',
      '<a href="Zebra/">Zebra/</a>',
    ]);
  });

  test("every link of a listing leads to what it names", async () => {
    expect(await (await get("/caf%C3%A9%20%26%20%3Cb%3E.txt")).text()).toBe("odd name");
  });

  test("shows the path of a listed folder in its title, escaped", async () => {
    await mkdir(join(root, "<i>"));
    await writeFile(join(root, "<i>", "x"), "");

    expect(await (await get("/%3Ci%3E/")).text()).toContain(
      "<title>Directory listing for /&lt;i&gt;/</title>",
    );
  });

  test("follows a link inside of the folder", async () => {
    expect(await (await get("/link")).text()).toBe("abcdefghij");
    expect(await (await get("/linked-folder/")).text()).toBe("<p>index");
  });

  test.each([
    "/out",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/..%2froot-other/leak.txt",
    "/letters.txt%00",
    "/letters.txt/",
    "/nope",
    "/broken",
  ])("has nothing at %s", async (path) => {
    const response = await get(path);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/secret$|leak$/);
  });

  test("tells the type of a link by its own name", async () => {
    await symlink("../letters.txt", join(root, "site", "latest.css"));

    const response = await get("/site/latest.css");

    expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
  });

  test("follows a link out of the folder only when told to", async () => {
    class OpenHandler extends QuietHandler {
      static override readonly directory: string = root;
      static override readonly followOutside: boolean = true;
    }
    await using open = await new HTTPServer(["127.0.0.1", 0], OpenHandler).start();

    const response = await fetch(`http://127.0.0.1:${open.serverPort}/out`);

    expect(await response.text()).toBe("secret");
  });

  test("answers 501 to another method", async () => {
    expect((await get("/letters.txt", { method: "DELETE" })).status).toBe(501);
  });
});
