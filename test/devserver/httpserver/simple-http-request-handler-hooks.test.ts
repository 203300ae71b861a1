import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Content } from "../../../devserver/httpserver/content.ts";
import type { ListedEntry } from "../../../devserver/httpserver/directory-listing.ts";
import { HTTPServer } from "../../../devserver/httpserver/http-server.ts";
import { SimpleHTTPRequestHandler } from "../../../devserver/httpserver/simple-http-request-handler.ts";
import { TemporaryFolder } from "../../support/projects.ts";

class Quiet extends SimpleHTTPRequestHandler {
  override logMessage(): void {}
}

/** What a server of this handler answers. */
async function ask(
  handlerClass: typeof SimpleHTTPRequestHandler,
  path: string,
  init: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  await using server = await new HTTPServer(["127.0.0.1", 0], handlerClass).start();
  const response = await fetch(`http://127.0.0.1:${server.serverPort}${path}`, {
    ...init,
    headers: { ...init.headers, Connection: "close" },
  });
  const body = await response.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, response);
}

async function site(files: Readonly<Record<string, string>>): Promise<TemporaryFolder> {
  const folder = new TemporaryFolder();
  await folder.write(files);
  return folder;
}

describe("SimpleHTTPRequestHandler's hooks", () => {
  test("translatePath may lead elsewhere, also out of the folder", async () => {
    using folder = await site({ "root/a.txt": "a", "shared/b.txt": "b" });
    class Aliasing extends Quiet {
      static override readonly directory: string = join(folder.path, "root");

      override translatePath(target: string): string | undefined {
        if (!target.startsWith("/shared/")) return super.translatePath(target);
        return join(folder.path, "shared", target.slice("/shared/".length));
      }
    }

    expect(await (await ask(Aliasing, "/a.txt")).text()).toBe("a");
    expect(await (await ask(Aliasing, "/shared/b.txt")).text()).toBe("b");
    expect((await ask(Aliasing, "/b.txt")).status).toBe(404);
  });

  test("translatePath keeps the slash at the end, and knows no file with a NUL", () => {
    const handler = Object.create(SimpleHTTPRequestHandler.withDirectory("/srv").prototype);

    const paths = ["/", "/a/../b%20c", "/a/?b", "/../../x", "/a%00"].map((target) =>
      SimpleHTTPRequestHandler.prototype.translatePath.call(handler, target),
    );

    expect(paths).toEqual(["/srv/", "/srv/b c", "/srv/a/", "/srv/x", undefined]);
  });

  test("sendHead answers, and what it returns is copied by copyFile", async () => {
    using folder = await site({ "a.txt": "hello" });
    const copied: number[] = [];
    class Upper extends Quiet {
      override async sendHead(): Promise<Content | undefined> {
        if (this.path !== "/gone.txt") return await super.sendHead();
        await this.sendError(410);
        return undefined;
      }

      override async copyFile(...[source, target]: Parameters<Quiet["copyFile"]>): Promise<number> {
        const size = await super.copyFile(source, target);
        copied.push(size);
        return size;
      }
    }
    const served = Upper.withDirectory(folder.path);

    expect(await (await ask(served, "/a.txt")).text()).toBe("hello");
    expect((await ask(served, "/gone.txt")).status).toBe(410);
    expect((await ask(served, "/a.txt", { method: "HEAD" })).headers.get("Content-Length")).toBe(
      "5",
    );
    expect(copied).toEqual([5]);
  });

  test("readDirectory may hide files; listDirectory may refuse to list", async () => {
    using folder = await site({ ".env": "", "shown.txt": "" });
    class Hiding extends Quiet {
      override async readDirectory(path: string): Promise<readonly ListedEntry[]> {
        return (await super.readDirectory(path)).filter(({ name }) => !name.startsWith("."));
      }
    }
    class Closed extends Quiet {
      override async listDirectory(): Promise<undefined> {
        await this.sendError(403, "No listings here");
      }
    }

    const listing = await (await ask(Hiding.withDirectory(folder.path), "/")).text();

    expect(listing).toContain("shown.txt");
    expect(listing).not.toContain(".env");
    expect((await ask(Closed.withDirectory(folder.path), "/")).status).toBe(403);
  });

  test("a folder that cannot be read is a 404", async () => {
    using folder = await site({ "a.txt": "" });
    class Failing extends Quiet {
      override readDirectory(): Promise<readonly ListedEntry[]> {
        return Promise.reject(new Error("EACCES"));
      }
    }

    const response = await ask(Failing.withDirectory(folder.path), "/");

    expect([response.status, response.statusText]).toEqual([
      404,
      "No permission to list directory",
    ]);
  });

  test("extensionsMap goes first, guessType has the last word", async () => {
    using folder = await site({ "a.txt": "", "b.WHAT": "", "c.odd": "" });
    class Typed extends Quiet {
      static override readonly extensionsMap: Readonly<Record<string, string>> = {
        ".txt": "text/x-mine",
        ".what": "application/x-what",
      };

      override guessType(name: string): string {
        return name.endsWith(".odd") ? "application/x-odd" : super.guessType(name);
      }
    }
    const served = Typed.withDirectory(folder.path);

    const types = await Promise.all(
      ["/a.txt", "/b.WHAT", "/c.odd"].map(async (path) =>
        (await ask(served, path)).headers.get("Content-Type"),
      ),
    );

    expect(types).toEqual([
      "text/x-mine; charset=utf-8",
      "application/x-what",
      "application/x-odd",
    ]);
  });

  test("HEAD has no ranges", async () => {
    using folder = await site({ "a.txt": "hello" });
    const init = { method: "HEAD", headers: { Range: "bytes=0-1" } };

    const response = await ask(Quiet.withDirectory(folder.path), "/a.txt", init);

    expect([response.status, response.headers.get("Content-Length")]).toEqual([200, "5"]);
  });

  test.skipIf(process.platform === "win32")(
    "a pipe is no file: to open it would wait",
    async () => {
      using folder = await site({ "a.txt": "" });
      execFileSync("mkfifo", [join(folder.path, "pipe")]);

      expect((await ask(Quiet.withDirectory(folder.path), "/pipe")).status).toBe(404);
    },
  );
});
