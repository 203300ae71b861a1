import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import type { Middleware } from "../../../framework/conf/settings.ts";
import type { SettingsInput } from "../../../framework/conf/define-settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { FileUploadHandler } from "../../../framework/http/uploads/upload-handlers.ts";
import { path } from "../../../framework/urls/path.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import type { Chunk } from "../../../framework/wsgi.ts";
import { BOUNDARY, field, file, multipart, UploadFolder } from "../../support/multipart.ts";
import { eventually } from "../../support/processes.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { makeApplication } from "../../support/wsgi.ts";
import { type RecordingWSGIServer, serveWSGI } from "../../support/wsgi-servers.ts";

const MEGABYTE = 1_000_000;

async function serve(
  view: View,
  settings: Partial<SettingsInput> = {},
): Promise<RecordingWSGIServer> {
  return await serveWSGI(await makeApplication([path("", view)], settings));
}

function postHead(length: number | "chunked", ...lines: readonly string[]): string {
  return head(
    "POST / HTTP/1.1",
    "Host: x",
    `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
    length === "chunked" ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`,
    ...lines,
  );
}

async function waitForNothingIn(folder: UploadFolder): Promise<void> {
  await eventually(async () => ((await folder.files()).length === 0 ? true : undefined));
}

const listing: View = async (request) => {
  const lines = [...(await request.POST)].map(([name, value]) => `${name}=${value}`);
  for (const [name, found] of await request.FILES) {
    lines.push(`${name}: ${found.name} ${found.constructor.name} ${found.size}`);
  }
  return new HttpResponse(lines.join("; "));
};

describe("an upload", () => {
  test.each(["chunked", "with a length"])(
    "reaches the view, %s, and leaves nothing on disk",
    async (how) => {
      using folder = new UploadFolder();
      await using server = await serve(listing, { FILE_UPLOAD_TEMP_DIR: folder.path });
      const form = new FormData();
      form.append("a", "é");
      form.append("f", new File(["x".repeat(3 * MEGABYTE)], "♥.txt"));
      form.append("g", new File(["y"], "y.bin"));
      const body = new Response(form);
      const headers = { "Content-Type": body.headers.get("Content-Type") ?? "" };

      const response = await fetch(`http://127.0.0.1:${server.port}/`, {
        method: "POST",
        headers,
        body: how === "chunked" ? body.body : await body.arrayBuffer(),
        duplex: "half",
      });

      expect(await response.text()).toBe(
        "a=é; f: ♥.txt TemporaryUploadedFile 3000000; g: y.bin TemporaryUploadedFile 1",
      );
      await waitForNothingIn(folder);
      expect(server.reported).toEqual([]);
    },
  );

  test("that is over a limit is answered 413, one that is broken 400", async () => {
    using folder = new UploadFolder();
    const limits = {
      FILE_UPLOAD_TEMP_DIR: folder.path,
      FILE_UPLOAD_MAX_MEMORY_SIZE: 0,
      DATA_UPLOAD_MAX_MEMORY_SIZE: 100,
      DATA_UPLOAD_MAX_NUMBER_FIELDS: 2,
      DATA_UPLOAD_MAX_NUMBER_FILES: 2,
    };
    await using server = await serve(listing, limits);
    const bodies: [status: number, body: Buffer][] = [
      [413, multipart(file("f", "x", "x"), field("a", "x".repeat(100)))],
      [413, multipart(file("f", "x", "x"), field("a", ""), field("b", ""), field("c", ""))],
      [413, multipart(file("f", "x", "x"), file("f", "y", "y"), file("f", "z", "z"))],
      [400, multipart(file("f", "x", "x"), "no part")],
      [400, multipart(file("f", "x", "x")).subarray(0, -10)],
      [200, multipart(file("f", "x", "x"), field("a", "b"))],
    ];

    for (const [status, body] of bodies) {
      const text = await server.ask(
        postHead(body.length, "Connection: close") + body.toString("latin1"),
      );
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      await waitForNothingIn(folder);
    }
    expect(server.reported.join("")).not.toContain("Internal");
  });

  test("whose client goes away is interrupted: no file, no traceback, and the server goes on", async () => {
    using folder = new UploadFolder();
    await using server = await serve(listing, { FILE_UPLOAD_TEMP_DIR: folder.path });
    await using client = await RawClient.connect(server.port);
    const body = multipart(file("f", "x", "x".repeat(4 * MEGABYTE)));

    client.send(postHead(body.length)).send(body.subarray(0, 3 * MEGABYTE));
    await eventually(async () => ((await folder.files()).length === 1 ? true : undefined));
    client.reset();

    await waitForNothingIn(folder);
    const small = multipart(field("a", "1"));
    const answer = await server.ask(postHead(small.length, "Connection: close") + small.toString());
    expect(answer).toMatch(/a=1$/);
    expect(server.reported.join("")).not.toMatch(/ at |Internal/);
  });

  test("that nobody reads, or that is read and not waited for, leaves nothing behind", async () => {
    using folder = new UploadFolder();
    const view: View = (request) => {
      if (request.META.QUERY_STRING === "") void request.FILES;
      return new HttpResponse("early");
    };
    await using server = await serve(view, { FILE_UPLOAD_TEMP_DIR: folder.path });
    const body = multipart(file("f", "x", "x".repeat(4 * MEGABYTE)));

    for (const target of ["/", "/?unread"]) {
      const request = postHead(body.length, "Connection: close").replace(
        "POST /",
        `POST ${target}`,
      );
      expect(await server.ask(request + body.toString("latin1"))).toContain("early");
      await waitForNothingIn(folder);
    }
    expect(server.reported).toEqual([]);
  });

  test("is read no faster than its handler takes it", async () => {
    const gate = Promise.withResolvers<void>();
    let received = 0;
    class Slow extends FileUploadHandler {
      override async receiveDataChunk(chunk: Chunk): Promise<undefined> {
        received += chunk.byteLength;
        await gate.promise;
      }
      override fileComplete(): undefined {
        return undefined;
      }
    }
    await using server = await serve(listing, { FILE_UPLOAD_HANDLERS: [Slow] });
    await using client = await RawClient.connect(server.port);
    const body = multipart(file("f", "x", "x".repeat(64 * MEGABYTE)));

    client.send(postHead(body.length, "Connection: close")).send(body);
    await eventually(async () => (received > 0 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(received).toBeLessThanOrEqual(65_536);
    expect(client.socket.writableLength).toBeGreaterThan(32 * MEGABYTE);
    gate.resolve();
    expect(await client.untilEnd()).toMatch(/^HTTP\/1.1 200 /);
    expect(received).toBe(64 * MEGABYTE);
  });

  test("keeps the context that a middleware made, in the view and in its handlers", async () => {
    const storage = new AsyncLocalStorage<number>();
    const seen: (number | undefined)[] = [];
    let requests = 0;
    class Noting extends FileUploadHandler {
      override receiveDataChunk(): undefined {
        seen.push(storage.getStore());
      }
      override fileComplete(): undefined {
        seen.push(storage.getStore());
      }
    }
    const context: Middleware = (getResponse) => (request) =>
      storage.run(++requests, () => getResponse(request));
    const view: View = async (request) => {
      await request.POST;
      seen.push(storage.getStore());
      return new HttpResponse(String(storage.getStore()));
    };
    const settings = { MIDDLEWARE: [context], FILE_UPLOAD_HANDLERS: [Noting] };
    await using server = await serve(view, settings);
    const body = multipart(file("f", "x", "x".repeat(MEGABYTE)));

    for (const round of [1, 2]) {
      const text = await server.ask(postHead(body.length, "Connection: close") + body.toString());
      expect(text.endsWith(String(round))).toBe(true);
      expect(new Set(seen.splice(0))).toEqual(new Set([round]));
    }
  });
});

describe("request.signal", () => {
  test("fires when the client goes away", async () => {
    const outcome = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<void>();
    const view: View = async ({ signal }) => {
      started.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      outcome.resolve(signal.reason);
      return new HttpResponse("nobody reads this");
    };
    await using server = await serve(view);
    await using client = await RawClient.connect(server.port);

    client.send(head("GET / HTTP/1.1", "Host: x"));
    await started.promise;
    client.reset();

    expect(await outcome.promise).toBeInstanceOf(Error);
  });

  test("does not fire when the client goes away after its answer, and is one object", async () => {
    const signals: AbortSignal[] = [];
    const view: View = (request) => {
      signals.push(request.signal, request.signal);
      return new HttpResponse("ok");
    };
    await using server = await serve(view);

    await server.fetch();
    await server.fetch();

    expect(signals[0]).toBe(signals[1]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false, false]);
  });
});
