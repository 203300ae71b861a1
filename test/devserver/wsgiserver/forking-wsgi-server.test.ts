import { describe, expect, test } from "vitest";
import { ForkingWSGIServer } from "../../../devserver/wsgiserver/forking-wsgi-server.ts";
import { eventually, sleep } from "../../support/processes.ts";
import { exchange } from "../../support/raw-client.ts";
import { parseResponse } from "../../support/http-responses.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { HERE } from "../../support/threaded-application.ts";
import { RecordingLogger } from "../../support/wsgi-servers.ts";

const APPLICATION = { module: HERE, export: "application" };

async function serve(processes: number, threads: number = 0): Promise<ForkingWSGIServer> {
  const logger = new RecordingLogger();
  return await new ForkingWSGIServer(LOOPBACK, {
    application: APPLICATION,
    processes,
    threads,
    logger,
  }).start();
}

async function ask(server: ForkingWSGIServer, path: string): Promise<string> {
  const request = head(`GET ${path} HTTP/1.1`, "Host: x", "Connection: close");
  return parseResponse(await exchange(server.serverPort, request)).body;
}

describe("ForkingWSGIServer", () => {
  test("serves from several processes on one address", async () => {
    await using server = await serve(2);

    // Whoever accepts first serves: only one that is busy leaves its place to the other.
    const spins = [ask(server, "/spin?500"), ask(server, "/spin?500")];
    const places = await Promise.all(Array.from({ length: 6 }, () => ask(server, "/where")));
    await Promise.all(spins);

    expect(places).not.toContain(`${process.pid} 0`);
    expect(await ask(server, "/flags")).toBe("false true");
  });

  test("has threads in each process when asked", async () => {
    await using server = await serve(1, 2);

    expect(await ask(server, "/flags")).toBe("true true");
    expect(await ask(server, "/where")).not.toMatch(/ 0$/);
  });

  test("tells what is broadcast to the threads of its processes", async () => {
    await using server = await serve(1, 1);
    const heard = ask(server, "/heard");
    const isOver = heard.then(() => true);

    // Whether the view listens already cannot be seen from here.
    await eventually(async () => {
      server.broadcast("minorswing.test", "news");
      return (await Promise.race([isOver, sleep(30)])) ?? undefined;
    });

    expect(await heard).toBe("news");
  });

  test.each(["/exit", "/reject"])(
    "answers 500 when %s ends the process, and starts another",
    async (path) => {
      await using server = await serve(1);

      expect(await ask(server, path)).toContain("The server process ended");
      expect(await ask(server, "/nowhere")).toBe("nothing");
    },
  );

  test("finishes what it has begun when it closes", async () => {
    const server = await serve(1);
    const waiting = ask(server, "/wait");
    await new Promise((resolve) => setTimeout(resolve, 100));

    await server.serverClose();

    expect(await waiting).toBe("waited");
  });

  test("does not start when the application cannot be imported", async () => {
    const server = new ForkingWSGIServer(LOOPBACK, {
      application: { module: HERE, export: "missing" },
      processes: 2,
    });

    await expect(server.start()).rejects.toThrow(/exports no "missing"; it exports .*application/);
  });
});
