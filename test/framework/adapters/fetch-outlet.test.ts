import { describe, expect, test } from "vitest";
import { toFetchHandler } from "../../../framework/adapters/fetch-handler.ts";
import { Numbers, turns } from "../../support/fetch-messages.ts";
import { answer, bytes, counted, Seen, TEXT } from "../../support/message-contract.ts";

const URL = "http://example.com/";
const QUIET = { errors: { write: () => undefined } };

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
