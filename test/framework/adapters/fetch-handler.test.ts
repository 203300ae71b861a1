import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { ClientDisconnected } from "../../../framework/adapters/client.ts";
import { toFetchHandler } from "../../../framework/adapters/fetch-handler.ts";
import { importsOf } from "../../support/architecture.ts";
import { answer, bytes, counted, echo, Seen, TEXT } from "../../support/message-contract.ts";
import { ROOT } from "../../support/projects.ts";

const URL = "http://example.com/";
const QUIET = { errors: { write: () => undefined } };

/** A body of numbered chunks that says how many were made. */
class Numbers {
  made = 0;

  *[Symbol.iterator](): Generator<Buffer> {
    for (;;) yield bytes(String((this.made += 1)));
  }
}

/** A request body whose source says when it was told to stop. */
function openBody(...pieces: readonly string[]): {
  body: ReadableStream<Uint8Array>;
  cancelled: ReturnType<typeof vi.fn>;
} {
  const cancelled = vi.fn();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(bytes(piece));
    },
    cancel: cancelled,
  });
  return { body, cancelled };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

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

describe("toFetchHandler streams", () => {
  test("no chunk that nobody has asked for", async () => {
    const numbers = new Numbers();
    const response = await toFetchHandler(answer(numbers))(new Request(URL));
    const reader = response.body?.getReader();
    const made = [numbers.made];

    for (let count = 0; count < 3; count += 1) {
      await reader?.read();
      await turns();
      made.push(numbers.made);
    }

    // The head needs the first; each read after the first has one made.
    expect(made).toEqual([1, 1, 2, 3]);
    await reader?.cancel();
  });

  test("as many chunks as are asked for at once", async () => {
    const response = await toFetchHandler(answer(new Numbers()))(new Request(URL));
    const reader = response.body?.getReader();

    const reads = await Promise.all([reader?.read(), reader?.read(), reader?.read()]);

    expect(reads.map((piece) => String(piece?.value))).toEqual(["1", "2", "3"]);
    await reader?.cancel();
  });

  test("until its reader cancels: the body is closed and the application told", async () => {
    const seen = new Seen();
    const handler = toFetchHandler((environ, startResponse) => {
      environ["minorswing.client"]?.onGone(({ name }) => seen.note(name));
      startResponse("200 OK", TEXT);
      return counted(seen, new Numbers());
    });
    const response = await handler(new Request(URL));

    await response.body?.cancel();
    await turns();

    expect([seen.closed, seen.notes]).toEqual([1, ["ClientDisconnected"]]);
  });

  test("until its reader cancels, in the middle of a wait for the application", async () => {
    const seen = new Seen();
    const handler = toFetchHandler((_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      const body = (async function* () {
        yield bytes("first");
        await Promise.withResolvers<void>().promise;
      })();
      return counted(seen, body);
    });
    const reader = (await handler(new Request(URL))).body?.getReader();

    await reader?.read();
    const waiting = reader?.read();
    await reader?.cancel();
    await turns();

    expect([seen.closed, (await waiting)?.done]).toEqual([1, true]);
  });

  test("an error of the application as an error of the stream", async () => {
    const error = new Error("boom");
    const body = function* (): Generator<Buffer> {
      yield bytes("a");
      throw error;
    };
    const response = await toFetchHandler(answer(body()), QUIET)(new Request(URL));

    await expect(response.text()).rejects.toBe(error);
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

describe("toFetchHandler and the request body", () => {
  test("leaves one that nobody reads to others", async () => {
    const request = new Request(URL, { method: "POST", body: "for others" });

    await toFetchHandler(answer([]))(request);

    expect(await request.text()).toBe("for others");
  });

  test("stops the source of one that was read in part", async () => {
    const { body, cancelled } = openBody("part");
    const handler = toFetchHandler(
      echo(async (environ) => {
        return String(await environ["wsgi.input"].read(2));
      })(),
    );

    const response = await handler(new Request(URL, { method: "POST", body, duplex: "half" }));

    expect(await response.json()).toBe("pa");
    await turns();
    expect(cancelled).toHaveBeenCalledOnce();
  });

  test("reports one that breaks, and answers 500", async () => {
    const reported: string[] = [];
    const errors = { write: (text: string) => void reported.push(text) };
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
    const handler = toFetchHandler(echo((environ) => environ["wsgi.input"].read())(), { errors });

    const response = await handler(new Request(URL, { method: "POST", body, duplex: "half" }));

    expect(response.status).toBe(500);
    expect(reported.join("")).toMatch(/in the middle of its request body[^]*cut/);
  });

  test("refuses pieces that are no bytes", async () => {
    const reported: string[] = [];
    const errors = { write: (text: string) => void reported.push(text) };
    const body = new ReadableStream({ start: (controller) => controller.enqueue("text") });
    const handler = toFetchHandler(echo((environ) => environ["wsgi.input"].read())(), { errors });

    const response = await handler(new Request(URL, { method: "POST", body, duplex: "half" }));

    expect(response.status).toBe(500);
    expect(reported.join("")).toContain("found a string");
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
