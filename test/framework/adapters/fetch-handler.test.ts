import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { ClientDisconnected } from "../../../framework/adapters/client.ts";
import { toFetchHandler } from "../../../framework/adapters/fetch-handler.ts";
import { importsOf } from "../../support/architecture.ts";
import { Numbers, openBody, turns } from "../../support/fetch-messages.ts";
import { answer, bytes, counted, echo, Seen, TEXT } from "../../support/message-contract.ts";
import { ROOT } from "../../support/projects.ts";

const URL = "http://example.com/";
const QUIET = { errors: { write: () => undefined } };

describe("toFetchHandler says where a request was sent", () => {
  const where = toFetchHandler(
    echo((environ) => [
      environ["wsgi.url_scheme"],
      environ.HTTP_HOST,
      environ.SERVER_NAME,
      environ.SERVER_PORT,
      environ.REMOTE_ADDR ?? "from nobody",
    ])(),
  );

  test.each([
    ["http://example.com/", ["http", "example.com", "example.com", "80", "from nobody"]],
    ["https://example.com/#x", ["https", "example.com", "example.com", "443", "from nobody"]],
    ["https://[::1]:8000/", ["https", "[::1]:8000", "[::1]", "8000", "from nobody"]],
  ])("as its URL %s says", async (url, expected) => {
    const response = await where(new Request(url, { headers: { Host: "other" } }));

    expect(await response.json()).toEqual(expected);
  });

  test("and from where, when it is told how to know", async () => {
    const remoteAddress = vi.fn((_request: Request) => "192.0.2.1");
    const handler = toFetchHandler(echo((environ) => environ.REMOTE_ADDR)(), { remoteAddress });
    const request = new Request(URL);

    expect(await (await handler(request)).json()).toBe("192.0.2.1");
    expect(remoteAddress).toHaveBeenCalledExactlyOnceWith(request);
  });
});

describe("toFetchHandler answers", () => {
  test("at once, closed and whole, when the application does not wait", async () => {
    const seen = new Seen();
    const handler = toFetchHandler((environ, startResponse) =>
      counted(seen, [...(answer([bytes("now")])(environ, startResponse) as Iterable<Buffer>)]),
    );
    const settled = vi.fn();

    const answering = handler(new Request(URL));
    void answering.then(settled);
    const closedAtOnce = seen.closed;
    await Promise.resolve();

    expect([closedAtOnce, settled.mock.calls.length]).toEqual([1, 1]);
    expect(await (await answering).text()).toBe("now");
  });

  test("with bytes that are its own: the application may use its buffer again", async () => {
    const buffer = bytes("mine");
    const response = await toFetchHandler(answer([buffer]))(new Request(URL));

    buffer.fill("x");

    expect(await response.text()).toBe("mine");
  });

  test.each([204, 205, 304])(
    "a %d without a body, whatever the application yields",
    async (status) => {
      const seen = new Seen();
      const handler = toFetchHandler((_environ, startResponse) => {
        startResponse(`${status} Empty`, []);
        return counted(seen, new Numbers());
      }, QUIET);

      const response = await handler(new Request(URL));

      expect([response.status, response.body, seen.closed]).toEqual([status, null, 1]);
    },
  );

  test("before the request body is there", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const handler = toFetchHandler(async (environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return environ["wsgi.input"];
    });

    void writer.write(bytes("one"));
    const response = await handler(
      new Request(URL, { method: "POST", body: readable, duplex: "half" }),
    );
    const reader = response.body?.getReader();
    const first = await reader?.read();
    void writer.write(bytes("two"));
    const second = await reader?.read();
    void writer.close();

    expect([first, second].map((piece) => String(piece?.value))).toEqual(["one", "two"]);
    expect((await reader?.read())?.done).toBe(true);
  });
});

describe("toFetchHandler and request.signal", () => {
  const never = async (): Promise<never> => await Promise.withResolvers<never>().promise;

  test("rejects when it fires before there is a head", async () => {
    const controller = new AbortController();
    const handler = toFetchHandler(async (environ, startResponse) => {
      await environ["wsgi.input"].read();
      return await answer([bytes("never")])(environ, startResponse);
    });
    const { body } = openBody("part");
    const request = { method: "POST", body, duplex: "half", signal: controller.signal } as const;

    const answering = handler(new Request(URL, request));
    controller.abort();

    await expect(answering).rejects.toThrow(ClientDisconnected);
    await expect(answering).rejects.toHaveProperty("code", "adapters.client_disconnected");
  });

  test("rejects when it had fired before", async () => {
    const seen = new Seen();
    const handler = toFetchHandler((_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, [bytes("to nobody")]);
    });

    const answering = handler(new Request(URL, { signal: AbortSignal.abort() }));

    await expect(answering).rejects.toThrow(ClientDisconnected);
    expect(seen.closed).toBe(1);
  });

  test("breaks the stream when it fires in the middle", async () => {
    const controller = new AbortController();
    const handler = toFetchHandler((_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return (async function* () {
        yield bytes("first");
        await never();
      })();
    });
    const response = await handler(new Request(URL, { signal: controller.signal }));

    const reading = response.text();
    await turns();
    controller.abort();

    await expect(reading).rejects.toThrow(ClientDisconnected);
  });

  test("is listened to only while somebody wants to know", async () => {
    const request = new Request(URL, { signal: new AbortController().signal });
    const added = vi.spyOn(request.signal, "addEventListener");
    const removed = vi.spyOn(request.signal, "removeEventListener");
    const handler = toFetchHandler((environ, startResponse) => {
      if (environ.PATH_INFO === "/asks") environ["minorswing.client"]?.onGone(() => undefined);
      return answer([bytes("ok")])(environ, startResponse);
    });

    await handler(request);
    const unasked = added.mock.calls.length;
    const asking = new Request(`${URL}asks`, request);
    const asked = vi.spyOn(asking.signal, "removeEventListener");
    await handler(asking);

    expect([unasked, removed.mock.calls.length, asked.mock.calls.length]).toEqual([0, 0, 1]);
  });
});

test("toFetchHandler needs nothing of node:http", () => {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.set(file, readFileSync(join(ROOT, file), "utf8"));
    for (const target of importsOf(file, found.get(file) ?? "")) visit(target);
  };

  visit("framework/adapters/fetch-handler.ts");

  expect(found.size).toBeGreaterThan(5);
  expect([...found].filter(([, text]) => /["']node:(?:http|https|net)["']/.test(text))).toEqual([]);
});
