import { describe, expect, test, vi } from "vitest";
import { Client } from "../../../framework/adapters/client.ts";
import { type Outlet, WSGICall } from "../../../framework/adapters/wsgi-call.ts";
import type { Write, WSGIApplication } from "../../../framework/wsgi.ts";
import { answer, bytes, ERROR_PAGE, TEXT } from "../../support/message-contract.ts";
import { makeEnviron } from "../../support/wsgi.ts";

/** Runs an application into an outlet that notes what it is asked to do. */
function run(
  application: WSGIApplication,
  outlet: Partial<Outlet> = {},
): { running: void | Promise<void>; notes: string[]; errors: string[] } {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const nothing = { [Symbol.dispose]: () => undefined };
  const client = new Client({ hasHappened: false, listen: () => nothing });
  const { environ, errors } = makeEnviron();
  const call = new WSGICall(environ, client, {
    begin: ({ status }, piece, isWhole) =>
      note(`${status} ${Buffer.from(piece).toString()}${isWhole ? "." : ""}`),
    write: (piece) => note(Buffer.from(piece).toString()),
    finish: (closeConnection) => note(closeConnection ? "end, close" : "end"),
    breakOff: () => note("broken"),
    ...outlet,
  });
  return { running: call.run(application), notes, errors };
}

describe("WSGICall", () => {
  test("makes no promise for an application that makes none", () => {
    const { running, notes } = run(answer([bytes("a"), bytes("b")]));

    expect([running, notes]).toEqual([undefined, ["200 a", "b", "end"]]);
  });

  test("sends a body that is known whole in one piece", () => {
    const declared = answer(new Set([bytes("abc")]), [["Content-Length", "3"]]);

    expect(run(answer([bytes("abc")])).notes).toEqual(["200 abc.", "end"]);
    expect(run(declared).notes).toEqual(["200 abc.", "end"]);
    expect(run(answer([])).notes).toEqual(["200 .", "end"]);
  });

  test("asks for the next chunk only when the one before is taken", async () => {
    const taken = Promise.withResolvers<void>();
    let asked = 0;
    const body = function* (): Generator<Buffer> {
      for (; asked < 3; asked += 1) yield bytes("x");
    };
    const { running } = run(answer(body()), { begin: () => taken.promise });

    const before = asked;
    taken.resolve();
    await running;

    expect([before, asked]).toEqual([0, 3]);
  });

  test("refuses what is written after the answer is out", () => {
    let write: Write | undefined;
    const { notes } = run((_environ, startResponse) => {
      write = startResponse("200 OK", TEXT);
      return [bytes("all")];
    });

    expect(() => write?.(bytes("more"))).toThrow("after the answer was out");
    expect(notes).toEqual(["200 all.", "end"]);
  });

  test("closes a body before it answers with the page for errors", () => {
    const order: string[] = [];
    const body = {
      [Symbol.iterator](): never {
        throw new Error("boom");
      },
      close: () => void order.push("closed"),
    };

    const { errors } = run(answer(body), {
      begin: (_head, piece) => void order.push(Buffer.from(piece).toString()),
    });

    expect(order).toEqual(["closed", ERROR_PAGE]);
    expect(errors.join("")).toContain("boom");
  });

  test("reports an outlet that fails, and breaks off", () => {
    const breakOff = vi.fn();
    const failure = new Error("cannot begin");
    const begin = (): never => {
      throw failure;
    };

    const { errors } = run(answer([bytes("a")]), { begin, breakOff });

    expect(breakOff).toHaveBeenCalledExactlyOnceWith(failure);
    expect(errors.join("")).toContain("cannot begin");
  });

  test("takes any promise, and any that close() gives", async () => {
    // A thenable without anything else, as some libraries have them.
    const closing = {
      then: (_done: unknown, fail: (error: Error) => void) => fail(new Error("no")),
    };
    const body = Object.assign([bytes("later")], { close: () => closing as Promise<void> });
    const thenable = { then: (done: (value: typeof body) => void) => done(body) };

    const { running, notes, errors } = run((_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return thenable as Promise<typeof body>;
    });
    await running;

    expect(notes).toEqual(["200 later.", "end"]);
    expect(errors.join("")).toContain("no");
  });
});
