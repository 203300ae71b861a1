/** Clients that dribble, that read no more, that go away: what becomes of them, and of the bodies that they were sent. */
import { describe, expect, test } from "vitest";
import { WSGIRequestHandler } from "../../../devserver/wsgiserver/wsgi-request-handler.ts";
import { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import type { Body, FileLike, WSGIApplication } from "../../../framework/wsgi.ts";
import { parseResponses } from "../../support/http-responses.ts";
import { eventually, sleep } from "../../support/processes.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { answering, bytes, RecordingLogger, serveWSGI } from "../../support/wsgi-servers.ts";

const PIECE = Buffer.alloc(65_536, "x");

class ImpatientHandler extends WSGIRequestHandler {
  static override readonly timeout: number = 80;
  static override readonly headTimeout: number = 80;
  static override readonly keepAliveTimeout: number = 80;

  override getStderr() {
    return { write: () => undefined };
  }
}

const reading: WSGIApplication = async (environ, startResponse) => {
  const body = await environ["wsgi.input"].read();
  startResponse("200 OK", []);
  return [body];
};

/** Sends `start` at once and then a byte every 10 milliseconds, until the server closes; the statuses that came. */
async function dribble(application: WSGIApplication, start: string): Promise<number[]> {
  const logger = new RecordingLogger();
  await using server = new WSGIServer(LOOPBACK, { logger, handlerClass: ImpatientHandler });
  await server.setApp(application).start();
  await using client = await RawClient.connect(server.serverPort);
  client.send(start);
  const timer = setInterval(() => client.send("x"), 10);
  try {
    return parseResponses(await client.untilEnd()).map(({ status }) => status);
  } finally {
    clearInterval(timer);
  }
}

describe("a client that sends a byte now and then", () => {
  test("is answered 408 in its head", async () => {
    expect(await dribble(reading, "GET / HTTP/1.1\r\nHost: x\r\nA: ")).toEqual([408]);
  });

  test("is answered 408 in the head of its second request", async () => {
    const second = `${head("GET / HTTP/1.1", "Host: x")}GET / HTTP/1.1\r\nHost: x\r\nA: `;

    expect(await dribble(answering([bytes("first")]), second)).toEqual([200, 408]);
  });

  test.each([
    ["with a length", "Content-Length: 1000000", ""],
    ["that is chunked", "Transfer-Encoding: chunked", "fffff\r\n"],
  ])("is answered 408 in a body %s", async (_, framing, start) => {
    const request = head("POST / HTTP/1.1", "Host: x", framing) + start;

    expect(await dribble(reading, request)).toEqual([408]);
  });

  test("is closed without another word when its body is of no interest", async () => {
    const request = head("POST / HTTP/1.1", "Host: x", "Content-Length: 100000");

    expect(await dribble(answering([bytes("no")]), request)).toEqual([200]);
  });
});

/** A body of each kind without end; `made` counts its pieces, `ended` how often it was closed or left. */
class EndlessBody {
  made = 0;
  ended = 0;

  *generator(): Generator<Buffer> {
    try {
      for (;;) {
        this.made += 1;
        yield PIECE;
      }
    } finally {
      this.ended += 1;
    }
  }

  async *asyncGenerator(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        this.made += 1;
        yield await Promise.resolve(PIECE);
      }
    } finally {
      this.ended += 1;
    }
  }

  file(): FileLike {
    return {
      read: () => {
        this.made += 1;
        return PIECE;
      },
      close: () => {
        this.ended += 1;
      },
    };
  }
}

type MakeApplication = (body: EndlessBody) => WSGIApplication;

const KINDS: readonly [kind: string, make: MakeApplication][] = [
  ["a generator", (body) => answering(body.generator())],
  ["an async generator", (body) => answering(body.asyncGenerator())],
  [
    "a wsgi.file_wrapper",
    (body) => (environ, startResponse) => {
      startResponse("200 OK", []);
      return environ["wsgi.file_wrapper"]?.(body.file()) ?? [];
    },
  ],
];

describe.each(KINDS)("%s", (_, make) => {
  test("rests while the client reads nothing, and goes on when it does", async () => {
    const body = new EndlessBody();
    await using server = await serveWSGI(make(body));
    await using client = await RawClient.connect(server.port);
    client.socket.pause();
    client.send(head("GET / HTTP/1.1", "Host: x"));

    const made = await untilSteady(() => body.made);
    client.socket.resume();

    // What the system's buffers of both sides hold, and no more of ours than a piece.
    expect(made * PIECE.length).toBeLessThan(64 * 2 ** 20);
    await eventually(async () => (body.made > made ? true : undefined));
    client.reset();
  });

  test.each([
    ["is cut off", (client: RawClient) => client.reset()],
    ["closes", (client: RawClient) => void client.socket.destroy()],
  ])("is ended once when the client %s", async (_way, leave) => {
    const body = new EndlessBody();
    await using server = await serveWSGI(make(body));
    const client = await RawClient.connect(server.port);
    await client.send(head("GET / HTTP/1.1", "Host: x")).waitFor("200 OK");

    leave(client);
    await eventually(async () => (body.ended > 0 ? true : undefined));
    await server.serverClose();

    expect(body.ended).toBe(1);
    expect(server.reported).toEqual([]);
  });
});

/** The value, once it has been the same for a while. */
async function untilSteady(value: () => number): Promise<number> {
  let steady = 0;
  let last = -1;
  return await eventually(async () => {
    steady = value() > 0 && value() === last ? steady + 1 : 0;
    last = value();
    return steady >= 5 ? last : undefined;
  });
}

/** A body that sends one piece and then waits; counts how often it is closed. */
class WaitingBody implements AsyncIterable<Buffer> {
  closed = 0;
  readonly #goesOn: PromiseWithResolvers<void> = Promise.withResolvers<void>();

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    yield bytes("first");
    await this.#goesOn.promise;
    yield bytes("last");
  }

  goOn(): void {
    this.#goesOn.resolve();
  }

  close(): void {
    this.closed += 1;
  }
}

describe("a body that waits for its next piece, of a client that has sent its FIN,", () => {
  const request = head("GET / HTTP/1.1", "Host: x", "Connection: close");

  test("is closed once when the client has closed altogether", async () => {
    const body = new WaitingBody();
    await using server = await serveWSGI(answering(body as Body));
    const client = await RawClient.connect(server.port);
    await client.send(request).waitFor("first");

    client.socket.destroy();
    await eventually(async () => (body.closed > 0 ? true : undefined));
    await server.serverClose();

    expect(body.closed).toBe(1);
    expect(server.reported).toEqual([]);
  });

  test("arrives whole when the client still reads", async () => {
    const body = new WaitingBody();
    await using server = await serveWSGI(answering(body as Body));
    await using client = await RawClient.connect(server.port, { allowHalfOpen: true });
    await client.send(request).waitFor("first");

    client.end();
    await sleep(200);
    body.goOn();

    const [response] = parseResponses(await client.untilEnd());
    expect([response?.body, body.closed]).toEqual(["firstlast", 1]);
  });
});
