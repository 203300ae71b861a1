import { describe, expect, test } from "vitest";
import type { Environ } from "../../../framework/wsgi.ts";
import { answer, bytes } from "../../support/message-contract.ts";
import { NodeServer } from "../../support/node-servers.ts";
import { eventually, sleep } from "../../support/processes.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

describe("the body of a node:http request", () => {
  test("lets a client wait that sends faster than the application reads", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let size = 0;
    await using server = await NodeServer.start(async (environ, startResponse) => {
      await environ["wsgi.input"].read(1);
      await promise;
      for await (const chunk of environ["wsgi.input"]) size += chunk.byteLength;
      return await answer([bytes("done")])(environ, startResponse);
    });
    await using client = await RawClient.connect(server.port);

    client
      .send(head("POST / HTTP/1.1", "Host: x", "Content-Length: 30000000"))
      .send(Buffer.alloc(30_000_000));
    const waiting = await eventually(async () => {
      const before = client.socket.writableLength;
      await sleep(100);
      return before === client.socket.writableLength ? before : undefined;
    });
    resolve();
    await client.waitFor("done");

    expect(waiting).toBeGreaterThan(10_000_000);
    expect(size).toBe(29_999_999);
  });

  test("is not read after the answer is out", async () => {
    let environ: Environ | undefined;
    await using server = await NodeServer.start((given, startResponse) => {
      environ = given;
      return answer([bytes("ok")])(given, startResponse);
    });

    await fetch(`http://127.0.0.1:${server.port}/`, { method: "POST", body: "late" });

    await expect(environ?.["wsgi.input"].read()).rejects.toThrow("after the answer was out");
  });
});
