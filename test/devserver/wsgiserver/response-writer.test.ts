import { describe, expect, test } from "vitest";
import {
  type ResponseConnection,
  ResponseWriter,
} from "../../../devserver/wsgiserver/response-writer.ts";

const NOTHING: Disposable = { [Symbol.dispose]: () => undefined };

/** A client that takes everything at once. */
function greedyConnection(): ResponseConnection {
  return {
    wfile: {
      closed: false,
      drained: true,
      write: () => undefined,
      writeAll: () => undefined,
      onGone: () => NOTHING,
      onFin: () => NOTHING,
    },
    command: "GET",
    requestVersion: "HTTP/1.1",
    protocolVersion: "HTTP/1.1",
    isContinuePending: false,
    closeConnection: false,
    beginAnswer: () => undefined,
    versionString: () => "Test/1",
    dateTimeString: () => "today",
    logRequest: () => undefined,
  };
}

describe("ResponseWriter", () => {
  test("lets others have a turn in a body of many pieces, though its client takes everything", async () => {
    const writer = new ResponseWriter(greedyConnection(), { logException: () => undefined });
    let turns = 0;
    const other = setImmediate(() => (turns += 1));

    writer.start("200 OK", [], undefined);
    let waiting = writer.send("HEAD", Buffer.from("first"));
    for (let count = 0; count < 10_000_000 && waiting === undefined; count += 1)
      waiting = writer.send("", Buffer.from("piece"));
    await waiting;
    clearImmediate(other);

    expect(waiting).toBeInstanceOf(Promise);
    expect(turns).toBe(1);
  });

  test("does not wait in a body of one piece", () => {
    const writer = new ResponseWriter(greedyConnection(), { logException: () => undefined });

    writer.start("200 OK", [], 5);
    const waiting = writer.send("HEAD", Buffer.from("whole"));

    expect(waiting).toBeUndefined();
  });
});
