import { describe, expect, test } from "vitest";
import type { Body, Chunk } from "../../../framework/wsgi.ts";
import { eventually } from "../../support/processes.ts";
import { RawClient } from "../../support/raw-client.ts";
import { answering, serveWSGI } from "../../support/wsgi-servers.ts";

/** A body that sends one piece and then waits for ever; counts how often it is closed. */
class SilentBody implements AsyncIterable<Chunk> {
  closed = 0;

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    yield Buffer.from("first");
    await new Promise(() => undefined);
  }

  close(): void {
    this.closed += 1;
  }
}

/** Asks for `body`, waits for its first piece, and leaves. */
async function leaveInTheMiddle(port: number): Promise<void> {
  const client = await RawClient.connect(port);
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await client.waitFor("first");
  client.reset();
}

describe("an asynchronous body", () => {
  test("is closed once when the client leaves while it waits", async () => {
    const body = new SilentBody();
    await using server = await serveWSGI(answering(body));

    await leaveInTheMiddle(server.port);

    await eventually(async () => (body.closed > 0 ? true : undefined));
    expect(body.closed).toBe(1);
    await eventually(async () =>
      server.logger.lines.some((line) => line.startsWith("info - Broken pipe")) ? true : undefined,
    );
    expect(server.reported).toEqual([]);
  });

  test("runs its finally when it is read no further", async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<Chunk> {
      try {
        for (;;) {
          yield Buffer.from("first");
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        ended = true;
      }
    }
    await using server = await serveWSGI(answering(endless()));

    await leaveInTheMiddle(server.port);

    await eventually(async () => (ended ? true : undefined));
  });

  test("that fails while it waits is an error of the application", async () => {
    const body: Body = (async function* () {
      yield* [];
      await Promise.resolve();
      throw new Error("out of order");
    })();
    await using server = await serveWSGI(answering(body));

    const response = await fetch(`http://127.0.0.1:${server.port}/`);

    expect(response.status).toBe(500);
    expect(server.reported.join("")).toContain("out of order");
  });
});
