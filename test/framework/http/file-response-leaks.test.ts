/**
 * Whatever happens to a response, its file is closed.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { validator } from "../../../devserver/wsgiserver/validator.ts";
import type { Middleware } from "../../../framework/conf/settings.ts";
import { FileResponse } from "../../../framework/http/file-response.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { path } from "../../../framework/urls/path.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { CAN_SEE_OPEN_FILES, openFilesBelow } from "../../support/open-files.ts";
import { eventually } from "../../support/processes.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { RawClient } from "../../support/raw-client.ts";
import { makeApplication } from "../../support/wsgi.ts";
import { type RecordingWSGIServer, serveWSGI } from "../../support/wsgi-servers.ts";

const SIZE = 20_000_000;

class Site implements AsyncDisposable {
  readonly folder: TemporaryFolder = new TemporaryFolder();
  readonly file: string = join(this.folder.path, "large.bin");
  #server: RecordingWSGIServer | undefined;

  async serve(view: View, MIDDLEWARE: readonly Middleware[] = []): Promise<RecordingWSGIServer> {
    await this.folder.write({ "large.bin": "x".repeat(SIZE) });
    const application = validator(await makeApplication([path("", view)], { MIDDLEWARE }));
    this.#server = await serveWSGI(application);
    return this.#server;
  }

  /** Waits until none of its files is open. */
  async closed(): Promise<true> {
    return await eventually(async () =>
      openFilesBelow(this.folder.path).length === 0 ? true : undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

describe.runIf(CAN_SEE_OPEN_FILES).each<[what: string, source: (file: string) => unknown]>([
  ["a path", (file) => file],
  ["a handle", (file) => open(file)],
  ["a stream", (file) => createReadStream(file)],
])("the file of %s is closed", (_what, source) => {
  const view =
    (site: Site): View =>
    async () =>
      new FileResponse((await source(site.file)) as string);

  test.each([
    ["after it was sent", "GET", []],
    ["after a part of it was sent", "GET", ["Range: bytes=0-9"]],
    ["after parts of it were sent", "GET", ["Range: bytes=0-9,100-109"]],
    ["after no part of it was sent", "GET", [`Range: bytes=${SIZE}-`]],
    ["after a failed condition", "GET", ['If-Match: "x"']],
    ["after HEAD", "HEAD", []],
  ])("%s", async (_what, method, lines) => {
    await using site = new Site();
    const server = await site.serve(view(site));

    const response = await server.fetch(method, ...lines);

    expect(response.status).toBeLessThan(500);
    expect(server.reported).toEqual([]);
    expect(await site.closed()).toBe(true);
  });

  test("when the client goes away", async () => {
    await using site = new Site();
    const server = await site.serve(view(site));
    const client = await RawClient.connect(server.port);

    // What the client does not read fills the buffers, and the server waits in the middle of the file.
    client.socket.once("data", () => void client.socket.pause());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.waitFor("200 OK");
    expect(openFilesBelow(site.folder.path)).toHaveLength(1);
    client.reset();

    expect(await site.closed()).toBe(true);
  });

  test("when a middleware answers otherwise and closes what it does not send", async () => {
    await using site = new Site();
    const replace: Middleware = (getResponse) => async (request) => {
      const response = await getResponse(request);
      await response.close();
      return new HttpResponse("instead");
    };
    const server = await site.serve(view(site), [replace]);

    expect((await server.fetch()).body).toBe("instead");
    expect(await site.closed()).toBe(true);
  });

  test("when the server refuses the headers", async () => {
    await using site = new Site();
    await site.folder.write({ "large.bin": "x" });
    const application = await makeApplication([path("", view(site))]);
    const refusing: WSGIApplication = (environ) =>
      application(environ, () => {
        throw new Error("no such headers");
      });
    await using server = await serveWSGI(refusing);

    expect((await server.fetch()).status).toBe(500);
    expect(await site.closed()).toBe(true);
  });

  test("when a view fails after it made its response, at the latest when that is collected", async () => {
    await using site = new Site();
    const server = await site.serve(async () => {
      const response = new FileResponse((await source(site.file)) as string);
      throw new Error(`never sent: ${response.status}`);
    });
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;

    expect((await server.fetch()).status).toBe(500);

    const closed = await eventually(async () => {
      collect();
      return openFilesBelow(site.folder.path).length === 0 ? true : undefined;
    });
    expect(closed).toBe(true);
  });
});

describe("wsgi.file_wrapper", () => {
  const seen = (): { wrapped: number; view: (site: Site) => View } => {
    const record = {
      wrapped: 0,
      view:
        (site: Site): View =>
        (request) => {
          const wrapper = request.META["wsgi.file_wrapper"];
          request.META["wsgi.file_wrapper"] = (file, size) => {
            record.wrapped += 1;
            return wrapper?.(file, size) ?? [];
          };
          return new FileResponse(site.file);
        },
    };
    return record;
  };

  test("sends a whole file, and nothing but whole files", async () => {
    await using site = new Site();
    const record = seen();
    const server = await site.serve(record.view(site));

    const whole = await server.fetch();
    expect(whole.body.length).toBe(SIZE);
    expect(record.wrapped).toBe(1);

    const part = await server.fetch("GET", "Range: bytes=0-9");
    expect(part.body).toBe("x".repeat(10));
    expect(record.wrapped).toBe(1);
  });
});
