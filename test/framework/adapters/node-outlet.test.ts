import { describe, expect, test } from "vitest";
import { counted, Seen, TEXT } from "../../support/message-contract.ts";
import { NodeServer } from "../../support/node-servers.ts";
import { eventually, sleep } from "../../support/processes.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";

describe("an answer through node:http", () => {
  test("to a client that takes nothing is made no further than fits in between", async () => {
    let produced = 0;
    const seen = new Seen();
    await using server = await NodeServer.start((_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      const body = (function* () {
        for (; produced < 10_000; produced += 1) yield Buffer.alloc(65_536);
      })();
      return counted(seen, body);
    });
    await using client = await RawClient.connect(server.port);

    client.socket.pause();
    client.send(head("GET / HTTP/1.1", "Host: x"));
    const stalled = await eventually(async () => {
      const before = produced;
      await sleep(100);
      return before > 0 && before === produced ? before : undefined;
    });
    client.reset();
    await eventually(async () => (seen.closed === 1 ? true : undefined));

    expect(stalled).toBeLessThan(1000);
    expect(server.reported).toEqual([]);
  });
});
