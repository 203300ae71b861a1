import { describe, expect, test } from "vitest";
import { HttpResponse, type ResponseOptions } from "../../../framework/http/response.ts";
import { JsonResponse } from "../../../framework/http/responses.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { requestFinished } from "../../../framework/signals/core.ts";
import { Client } from "../../../framework/testing/client.ts";
import { path } from "../../../framework/urls/path.ts";
import { siteOf } from "./sites.ts";

let closed = 0;

async function* ticks(): AsyncGenerator<string> {
  for (let tick = 1; ; tick += 1) yield `tick ${tick}\n`;
}

const client = new Client(
  siteOf([
    path("json/", () => new JsonResponse({ a: 1 })),
    path("api/", () => new HttpResponse("[1]", { contentType: "application/vnd.api+json" })),
    path("text/", () => new HttpResponse("1")),
    path("latin/", () => new HttpResponse("é", { contentType: "text/plain; charset=latin1" })),
    path("status/<int:status>/", (_request, { status }) => bodyWith({ status })),
    path("pieces/", () => new StreamingHttpResponse(["a", "b"])),
    path("ticks/", () => new StreamingHttpResponse(ticks()).onClose(() => void (closed += 1))),
    path("cookies/", () => new HttpResponse("").setCookie("a", "1").setCookie("b", "2")),
  ]),
);

function bodyWith(options: ResponseOptions): HttpResponse {
  return new HttpResponse("body", options);
}

describe("the body of a response", () => {
  test("is JSON where its type says so, and no other", async () => {
    expect((await client.get("/json/")).json()).toEqual({ a: 1 });
    expect((await client.get("/api/")).json()).toEqual([1]);
    const text = await client.get("/text/");
    expect(() => text.json()).toThrow(
      'Content-Type header is "text/html; charset=utf-8", not "application/json"',
    );
  });

  test("is decoded in its charset", async () => {
    const response = await client.get("/latin/");

    expect(response.text).toBe("é");
    expect(response.content).toHaveLength(1);
  });

  test("is cut off where servers cut it off", async () => {
    const head = await client.head("/text/");
    const texts = [
      head.text,
      (await client.get("/status/204/")).text,
      (await client.get("/status/304/")).text,
      (await client.get("/status/404/")).text,
    ];

    expect(texts).toEqual(["", "", "", "body"]);
    expect(head.headers.get("Content-Length")).toBe("1");
  });

  test("is read and closed before the response is there, unless it streams", async () => {
    const finished: string[] = [];
    const disconnect = requestFinished.connect(({ environ }) => finished.push(environ.PATH_INFO));

    await client.get("/text/");
    const pieces = await client.get("/pieces/");
    const before = [...finished];
    await pieces.read();
    disconnect();

    expect(before).toEqual(["/text/"]);
    expect(finished).toEqual(["/text/", "/pieces/"]);
  });
});

describe("a streaming response", () => {
  test("says so, and what to do", async () => {
    const response = await client.get("/pieces/");

    expect(response.streaming).toBe(true);
    expect(() => response.text).toThrow("This response streams");
    expect(String(await response.read())).toBe("ab");
    expect(response.text).toBe("ab");
  });

  test("is read piece by piece, as far as a test wants to", async () => {
    const response = await client.get("/ticks/");
    const seen: string[] = [];

    for await (const chunk of response) {
      seen.push(String(chunk));
      if (seen.length === 3) break;
    }

    expect(seen).toEqual(["tick 1\n", "tick 2\n", "tick 3\n"]);
    expect(closed).toBe(1);
    await expect(response.read()).rejects.toThrow("was read already");
  });

  test("can be left unread", async () => {
    closed = 0;
    {
      await using _response = await client.get("/ticks/");
    }

    expect(closed).toBe(1);
  });
});

test("headers of one name are all there", async () => {
  const { headers, cookies } = await client.get("/cookies/");

  expect(headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"]);
  expect([...cookies.values()].map(({ name, value }) => [name, value])).toEqual([
    ["a", "1"],
    ["b", "2"],
  ]);
});
