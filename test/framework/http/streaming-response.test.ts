import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { PieceSource } from "../../../framework/http/body-source.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import type { Body } from "../../../framework/wsgi.ts";
import { makeEnviron } from "../../support/wsgi.ts";

/** A source and how often it was stopped and closed. */
interface Watched {
  readonly source: PieceSource;
  readonly events: string[];
}

function webStream(): Watched {
  const events: string[] = [];
  const pieces = ["a", "b"];
  const source = new ReadableStream<string>(
    {
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) {
          events.push("stopped");
          controller.close();
        } else controller.enqueue(piece);
      },
      cancel: () => void events.push("stopped"),
    },
    { highWaterMark: 0 },
  );
  return { source, events };
}

const SOURCES: Record<string, () => Watched> = {
  "a generator"() {
    const events: string[] = [];
    const source = (function* () {
      try {
        yield "a";
        yield "b";
      } finally {
        events.push("stopped");
      }
    })();
    return { source, events };
  },
  "an async generator"() {
    const events: string[] = [];
    const source = (async function* () {
      try {
        yield "a";
        yield Buffer.from("b");
      } finally {
        await Promise.resolve();
        events.push("stopped");
      }
    })();
    return { source, events };
  },
  "a web stream": webStream,
  "a Node stream"() {
    const events: string[] = [];
    const pieces = ["a", "b", null];
    const source = new Readable({
      read() {
        this.push(pieces.shift());
      },
      destroy(error, callback) {
        events.push("stopped");
        callback(error);
      },
    });
    return { source, events };
  },
  "an iterator of its own making"() {
    const events: string[] = [];
    const pieces = ["a", "b"];
    const source = {
      [Symbol.iterator]() {
        return this;
      },
      next(): IteratorResult<string> {
        const value = pieces.shift();
        if (value === undefined) events.push("stopped");
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      return(): IteratorResult<string> {
        events.push("stopped");
        return { done: true, value: undefined };
      },
    };
    return { source, events };
  },
};

const kinds = Object.entries(SOURCES);

function bodyOf(response: StreamingHttpResponse): Promise<Body> {
  return Promise.resolve(response.bodyFor(makeEnviron().environ));
}

async function read(body: Body, atMost = Number.POSITIVE_INFINITY): Promise<string> {
  let text = "";
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString();
    if (text.length >= atMost) break;
  }
  return text;
}

describe.each(kinds)("%s", (_kind, make) => {
  test("is sent and stopped once", async () => {
    const { source, events } = make();
    const response = new StreamingHttpResponse(source);
    const body = await bodyOf(response);

    const text = await read(body);
    await body.close?.();
    await response.close();

    expect(text).toBe("ab");
    expect(events).toEqual(["stopped"]);
  });

  test("is stopped once when nobody reads on", async () => {
    const { source, events } = make();
    const body = await bodyOf(new StreamingHttpResponse(source));

    const text = await read(body, 1);
    await body.close?.();
    await body.close?.();

    expect(text).toBe("a");
    expect(events).toEqual(["stopped"]);
  });

  test("is stopped when nobody ever reads it, and cannot be read after", async () => {
    const { source, events } = make();
    const response = new StreamingHttpResponse(source);

    await response.close();

    expect(await read(response)).toBe("");
    // A generator that never started has nothing to clean up.
    const isGenerator = Object.prototype.toString.call(source).endsWith("Generator]");
    expect(events).toEqual(isGenerator ? [] : ["stopped"]);
  });
});

describe("StreamingHttpResponse", () => {
  test.each<[what: string, source: ConstructorParameters<typeof StreamingHttpResponse>[0]]>([
    ["an array", ["a", "é"]],
    ["a set", new Set(["a", "é"])],
    ["a string, whole", "aé"],
    ["bytes, whole", Buffer.from("aé")],
  ])("sends %s", async (_what, source) => {
    expect(await read(new StreamingHttpResponse(source))).toBe("aé");
  });

  test("sends a synchronous source without promises", async () => {
    const body = await bodyOf(new StreamingHttpResponse(["a", "b"]));

    expect(Symbol.iterator in body && [...body].map(String)).toEqual(["a", "b"]);
    expect(Symbol.asyncIterator in body).toBe(false);
  });

  test("writes text in its charset", async () => {
    const response = new StreamingHttpResponse(["é"], { charset: "latin1" });

    const { value } = await response[Symbol.asyncIterator]().next();

    expect([...(value ?? [])]).toEqual([0xe9]);
  });

  test("is read once", async () => {
    const response = new StreamingHttpResponse(["a"]);

    expect(await read(response)).toBe("a");
    expect(await read(response)).toBe("");
  });

  test("closes a source that has a close, after its iterator, in every outcome", async () => {
    for (const atMost of [0, 1, 2, 9]) {
      const events: string[] = [];
      const source = {
        *[Symbol.iterator]() {
          try {
            yield "a";
            yield "b";
          } finally {
            events.push("finally");
          }
        },
        close: () => void events.push("close"),
      };
      const response = new StreamingHttpResponse(source);

      if (atMost > 0) await read(await bodyOf(response), atMost);
      await response.close();

      expect(events).toEqual(atMost === 0 ? ["close"] : ["finally", "close"]);
    }
  });

  test("passes an error on, and closes the source all the same", async () => {
    let closed = 0;
    const source = {
      async *[Symbol.asyncIterator]() {
        yield "a";
        throw new Error("out of tune");
      },
      close: () => (closed += 1),
    };
    const response = new StreamingHttpResponse(source);

    await expect(read(response)).rejects.toThrow("out of tune");
    await response.close();

    expect(closed).toBe(1);
  });

  test("names a piece that is no piece, and stops its source", async () => {
    let stopped = false;
    const source = (function* () {
      try {
        yield 1;
      } finally {
        stopped = true;
      }
    })();
    const response = new StreamingHttpResponse(source as unknown as Iterable<string>);

    await expect(read(response)).rejects.toThrow(
      "a streaming body consists of text and bytes; its source gave 1 (a number)",
    );
    await response.close();

    expect(stopped).toBe(true);
  });

  test("does not wait for a source that waits for ever", async () => {
    let stopped = false;
    const never = Promise.withResolvers<void>();
    const source = (async function* () {
      try {
        yield "a";
        await never.promise;
      } finally {
        stopped = true;
      }
    })();
    const response = new StreamingHttpResponse(source);
    const chunks = response[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = chunks.next();

    await response.close();
    expect(stopped).toBe(false);

    never.resolve();
    await waiting;
    await expect.poll(() => stopped).toBe(true);
  });

  test("wakes a web stream that waits", async () => {
    let reason: unknown = "none";
    const source = new ReadableStream<string>({ cancel: (why) => void (reason = why) });
    const response = new StreamingHttpResponse(source);
    const waiting = response[Symbol.asyncIterator]().next();

    await response.close();

    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(reason).toBeUndefined();
  });

  test("survives a Node stream that fails before it is read", async () => {
    const source = new Readable({ read: () => undefined });
    const response = new StreamingHttpResponse(source);
    source.destroy(new Error("no such file"));
    await new Promise(setImmediate);

    await expect(read(response)).rejects.toThrow("no such file");
  });

  test("lets a middleware change what is sent, and closes both", async () => {
    const { source, events } = webStream();
    const response = new StreamingHttpResponse(source);
    const before = response.streamingContent;
    response.streamingContent = (async function* () {
      for await (const chunk of before) yield Buffer.from(chunk).toString().toUpperCase();
    })();

    expect(await read(await bodyOf(response))).toBe("AB");
    await response.close();

    expect(events).toEqual(["stopped"]);
  });
});
