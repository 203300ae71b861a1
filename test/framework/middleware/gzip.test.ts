import { constants, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ContentCoding } from "../../../framework/http/content-codings.ts";
import { FileResponse } from "../../../framework/http/file-response.ts";
import { HttpResponse, HttpResponseBase } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { createGzipMiddleware, gzipMiddleware } from "../../../framework/middleware/gzip.ts";
import { chunksOf, decompress } from "../../support/decompress.ts";
import { makeRequest, type RequestSketch } from "../../support/wsgi.ts";

const LONG = "a long line of text, ".repeat(50);
const GZIP = { HTTP_ACCEPT_ENCODING: "gzip" };
const unused = {} as never;

/** What goes out: status, headers, and the bytes of the body. */
async function send(
  response: HttpResponseBase,
  environ: RequestSketch["environ"] = GZIP,
  middleware: typeof gzipMiddleware = gzipMiddleware,
): Promise<{
  response: HttpResponseBase;
  body: Buffer;
  header: (name: string) => string | undefined;
}> {
  const request = makeRequest({ environ: { ...environ } });
  const handle = middleware(() => response, unused) as (from: typeof request) => unknown;
  const outgoing = await handle(request);
  if (!(outgoing instanceof HttpResponseBase)) throw new TypeError("no response");
  const chunks = await chunksOf(await outgoing.bodyFor(request.META));
  await outgoing.close();
  return {
    response: outgoing,
    body: Buffer.concat(chunks),
    header: (name) => outgoing.headers.get(name),
  };
}

describe("gzipMiddleware", () => {
  test.each<[accepted: string, coding: ContentCoding]>([
    ["gzip", "gzip"],
    ["gzip, deflate, br", "br"],
    ["gzip, deflate, br, zstd", "zstd"],
    ["gzip;q=1, br;q=0.5", "gzip"],
  ])("answers %j with %s", async (accepted, coding) => {
    const { body, header } = await send(new HttpResponse(LONG), { HTTP_ACCEPT_ENCODING: accepted });

    expect(decompress(coding, body).toString()).toBe(LONG);
    expect(header("Content-Encoding")).toBe(coding);
    expect(header("Content-Length")).toBe(String(body.byteLength));
    expect(header("Vary")).toBe("Accept-Encoding");
  });

  test.each([{}, { HTTP_ACCEPT_ENCODING: "" }, { HTTP_ACCEPT_ENCODING: "gzip;q=0" }])(
    "sends plain text to who asks with %j, and says that it depends",
    async (environ) => {
      const { body, header } = await send(new HttpResponse(LONG), environ);

      expect(body.toString()).toBe(LONG);
      expect(header("Content-Encoding")).toBeUndefined();
      expect(header("Vary")).toBe("Accept-Encoding");
    },
  );

  test.each<[what: string, response: () => HttpResponseBase]>([
    ["a short body", () => new HttpResponse("a".repeat(199))],
    ["no body", () => new HttpResponse("", { status: 204 })],
    ["what is encoded", () => new HttpResponse(LONG, { headers: { "Content-Encoding": "br" } })],
    ["an image", () => new HttpResponse(LONG, { contentType: "image/png" })],
    ["a font", () => new HttpResponse(LONG, { contentType: "font/woff2" })],
    ["an archive", () => new HttpResponse(LONG, { contentType: "application/zip" })],
    ["an event stream", () => new HttpResponse(LONG, { contentType: "text/event-stream" })],
    [
      "what must not be changed",
      () => new HttpResponse(LONG, { headers: { "Cache-Control": "no-transform" } }),
    ],
    [
      "a part",
      () => new HttpResponse(LONG, { status: 206, headers: { "Content-Range": "bytes 0-9/99" } }),
    ],
    ["a short file", () => new FileResponse(Buffer.from("short"), { contentType: "text/plain" })],
  ])("leaves %s as it is", async (_what, make) => {
    const plain = make();
    const before = [...plain.headers];

    const { response } = await send(plain);

    expect([...response.headers]).toEqual(before);
  });

  test.each([
    "text/html; charset=utf-8",
    "TEXT/CSS",
    "application/json",
    "application/ld+json",
    "application/atom+xml",
    "image/svg+xml",
    "application/javascript",
    "application/wasm",
    "font/ttf",
  ])("compresses %s", async (contentType) => {
    const { header } = await send(new HttpResponse(LONG, { contentType }));

    expect(header("Content-Encoding")).toBe("gzip");
  });

  test("compresses errors as well", async () => {
    const { header } = await send(new HttpResponse(LONG, { status: 404 }));

    expect(header("Content-Encoding")).toBe("gzip");
  });

  test("keeps what would not get shorter", async () => {
    const noise = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7919) % 251));

    const { body, header } = await send(new HttpResponse(noise));

    expect(body.equals(noise)).toBe(true);
    expect(header("Content-Encoding")).toBeUndefined();
  });

  test.each([
    ['"v1"', 'W/"v1"'],
    ['W/"v1"', 'W/"v1"'],
  ])("makes the tag %s to %s", async (before, after) => {
    const { header } = await send(new HttpResponse(LONG, { headers: { ETag: before } }));

    expect(header("ETag")).toBe(after);
  });

  test("only says on what a 304 depends", async () => {
    const { response, header } = await send(
      new HttpResponse("", { status: 304, headers: { ETag: '"v1"' } }),
    );

    expect(header("Vary")).toBe("Accept-Encoding");
    expect(header("ETag")).toBe('"v1"');
    expect(response.status).toBe(304);
  });

  test("adds to Vary", async () => {
    const { header } = await send(new HttpResponse(LONG, { headers: { Vary: "Cookie" } }));

    expect(header("Vary")).toBe("Cookie, Accept-Encoding");
  });

  test("has another length each time, against BREACH", async () => {
    const lengths = new Set<number>();
    for (let turn = 0; turn < 30; turn += 1)
      lengths.add((await send(new HttpResponse(LONG))).body.byteLength);

    expect(lengths.size).toBeGreaterThan(5);
  });

  test.each(["gzip", "br", "zstd"])(
    "without padding, %s has always the same bytes",
    async (coding) => {
      const middleware = createGzipMiddleware({ maxRandomBytes: 0 });
      const environ = { HTTP_ACCEPT_ENCODING: coding };

      const one = await send(new HttpResponse(LONG), environ, middleware);
      const other = await send(new HttpResponse(LONG), environ, middleware);

      expect(one.body.equals(other.body)).toBe(true);
    },
  );

  test("answers at once, save for large bodies", () => {
    const request = makeRequest({ environ: GZIP });
    const answer = (size: number) =>
      (
        gzipMiddleware(() => new HttpResponse("a".repeat(size)), unused) as (
          from: typeof request,
        ) => unknown
      )(request);

    expect(answer(1000)).toBeInstanceOf(HttpResponse);
    expect(answer(300_000)).toBeInstanceOf(Promise);
  });

  test("compresses large bodies whole", async () => {
    const large = "0123456789".repeat(100_000);

    const { body } = await send(new HttpResponse(large));

    expect(decompress("gzip", body).toString()).toBe(large);
  });

  test("takes other limits, codings and types", async () => {
    const middleware = createGzipMiddleware({ minLength: 1, codings: ["gzip"], types: [/a\/b/] });
    const environ = { HTTP_ACCEPT_ENCODING: "gzip, br, zstd" };
    const response = () => new HttpResponse("aaaaaaaa".repeat(20), { contentType: "a/b" });

    const { header } = await send(response(), environ, middleware);

    expect(header("Content-Encoding")).toBe("gzip");
    expect(() => createGzipMiddleware({ maxRandomBytes: 300 })).toThrow("from 0 to 256");
  });
});

describe("gzipMiddleware and streams", () => {
  const pieces = ["Minor ", "Swing, ", "by Django ", "Reinhardt"];

  test.each<ContentCoding>(["gzip", "br", "zstd"])(
    "compresses piece by piece with %s",
    async (coding) => {
      const response = new StreamingHttpResponse(pieces, { headers: { ETag: '"v1"' } });

      const { body, header } = await send(response, { HTTP_ACCEPT_ENCODING: coding });

      expect(decompress(coding, body).toString()).toBe(pieces.join(""));
      expect(header("Content-Encoding")).toBe(coding);
      expect(header("Content-Length")).toBeUndefined();
      expect(header("ETag")).toBe('W/"v1"');
    },
  );

  test("lets the client read each piece before the next one is made", async () => {
    const made: string[] = [];
    async function* source(): AsyncGenerator<string> {
      for (const piece of pieces) {
        made.push(piece);
        yield piece;
      }
    }
    const request = makeRequest({ environ: GZIP });
    const response = new StreamingHttpResponse(source());
    await (gzipMiddleware(() => response, unused) as (from: typeof request) => unknown)(request);
    const chunks = response[Symbol.asyncIterator]();

    const { value } = await chunks.next();

    expect(made).toEqual(["Minor "]);
    // Cut off in the middle, but the whole first piece is in it.
    expect(inflateSoFar(value as Buffer)).toBe("Minor ");
    await response.close();
  });

  test("closes the source of a stream that nobody reads to its end", async () => {
    let isClosed = false;
    async function* source(): AsyncGenerator<string> {
      try {
        yield* pieces;
      } finally {
        isClosed = true;
      }
    }
    const request = makeRequest({ environ: GZIP });
    const response = new StreamingHttpResponse(source());
    await (gzipMiddleware(() => response, unused) as (from: typeof request) => unknown)(request);
    await response[Symbol.asyncIterator]().next();

    await response.close();

    expect(isClosed).toBe(true);
  });
});

describe("gzipMiddleware and files", () => {
  const file = () =>
    new FileResponse(Buffer.from(LONG), { filename: "a.txt", headers: { ETag: '"v1"' } });

  test("compresses a file, which then has no parts", async () => {
    const { body, header } = await send(
      new FileResponse(import.meta.filename, { contentType: "text/plain" }),
    );

    expect(decompress("gzip", body).toString()).toContain("which then has no parts");
    expect(header("Accept-Ranges")).toBeUndefined();
    expect(header("Content-Length")).toBeUndefined();
    expect(header("ETag")).toMatch(/^W\//);
  });

  test("sends a part of the plain file to who asks for one", async () => {
    const { response, body } = await send(file(), { ...GZIP, HTTP_RANGE: "bytes=0-5" });

    expect(response.status).toBe(206);
    expect(body.toString()).toBe("a long");
  });

  test("still answers conditions", async () => {
    const { response, body } = await send(file(), { ...GZIP, HTTP_IF_NONE_MATCH: 'W/"v1"' });

    expect(response.status).toBe(304);
    expect(body.byteLength).toBe(0);
  });
});

function inflateSoFar(bytes: Buffer): string {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
}
