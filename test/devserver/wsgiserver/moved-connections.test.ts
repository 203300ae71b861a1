import { describe, expect, test } from "vitest";
import { stopReading } from "../../../devserver/workers/move-socket.ts";
import type { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { eventually } from "../../support/processes.ts";
import { RawClient } from "../../support/raw-client.ts";
import { RecordingWSGIServer } from "../../support/wsgi-servers.ts";

const GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

const saying =
  (text: string): WSGIApplication =>
  (_environ, startResponse) => {
    startResponse("200 OK", [["Content-Type", "text/plain"]]);
    return [Buffer.from(text)];
  };

/** From now on connections of `old` go on at `next`. */
function replace(old: WSGIServer, next: WSGIServer): void {
  old.moveConnection = (connection, unread) => {
    // What a socket does on its way between processes: it stops, and starts again elsewhere.
    stopReading(connection);
    connection.removeAllListeners();
    next.adoptConnection(connection, unread);
  };
  old.shutdown();
}

async function twoServers(
  first: WSGIApplication,
): Promise<{ old: RecordingWSGIServer; next: RecordingWSGIServer; stop: () => Promise<void> }> {
  const old = await new RecordingWSGIServer().setApp(first).start();
  const next = await new RecordingWSGIServer().setApp(saying("new")).start();
  const stop = async (): Promise<void> => {
    await old.serverClose();
    await next.serverClose();
  };
  return { old, next, stop };
}

describe("a server that is replaced", () => {
  test("passes on connections that are idle", async () => {
    const { old, next, stop } = await twoServers(saying("old"));
    await using client = await RawClient.connect(old.port);
    client.send(GET);
    await client.waitFor("old");

    replace(old, next);
    client.send(GET);

    await client.waitFor("new");
    expect(client.received).not.toMatch(/connection: close/i);
    expect(next.acceptedConnections).toBe(0);
    await stop();
  });

  test("passes on connections that have not asked yet, and half of a head", async () => {
    const { old, next, stop } = await twoServers(saying("old"));
    await using silent = await RawClient.connect(old.port);
    await using half = await RawClient.connect(old.port);
    half.send(GET.slice(0, 20));
    await eventually(async () => (old.acceptedConnections === 2 ? true : undefined));
    // The bytes are on their way; that they were read shows only in what follows.
    await new Promise((resolve) => setTimeout(resolve, 30));

    replace(old, next);
    silent.send(GET);
    half.send(GET.slice(20));

    await silent.waitFor("new");
    await half.waitFor("new");
    await stop();
  });

  test("answers what it has begun, and leaves to the next what was sent behind it", async () => {
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const { old, next, stop } = await twoServers(async (environ, startResponse) => {
      started.resolve();
      await gate.promise;
      return await saying("old")(environ, startResponse);
    });
    await using client = await RawClient.connect(old.port);
    client.send(GET + GET + GET);
    await started.promise;

    replace(old, next);
    gate.resolve();

    await eventually(async () =>
      client.received.match(/(?:old|new)(?=HTTP|$)/g)?.length === 3 ? true : undefined,
    );
    expect(client.received.match(/(?:old|new)(?=HTTP|$)/g)).toEqual(["old", "new", "new"]);
    await stop();
  });

  test("ends event streams, whose connections go on", async () => {
    const { old, next, stop } = await twoServers((_environ, startResponse) => {
      startResponse("200 OK", [["Content-Type", "text/event-stream"]]);
      return (async function* () {
        yield Buffer.from("data: 1\n\n");
        await Promise.withResolvers<void>().promise;
      })();
    });
    await using client = await RawClient.connect(old.port);
    client.send(GET);
    await client.waitFor("data: 1");

    replace(old, next);
    await client.waitFor("\r\n0\r\n\r\n");
    client.send(GET);

    await client.waitFor("new");
    await stop();
  });

  test("closes connections that asked for it, and those of clients that have left", async () => {
    const { old, next, stop } = await twoServers(saying("old"));
    await using client = await RawClient.connect(old.port);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    await client.untilEnd();
    await using gone = await RawClient.connect(old.port);
    gone.reset();

    replace(old, next);
    await old.serverClose();

    expect(next.acceptedConnections).toBe(0);
    await stop();
  });
});

test("a server that waits no longer ends what is still open", async () => {
  class Impatient extends RecordingWSGIServer {
    static override readonly closeTimeout: number = 50;
  }
  const server = await new Impatient()
    .setApp(async () => await Promise.withResolvers<never>().promise)
    .start();
  await using client = await RawClient.connect(server.port);
  client.send(GET);
  await new Promise((resolve) => setTimeout(resolve, 20));

  await server.serverClose();

  expect(await client.untilEnd()).toBe("");
});
