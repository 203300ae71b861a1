/**
 * The message contract: what becomes of an application's mistakes.
 */
import { FIVE, forEver, later } from "./contract-answers.ts";
import {
  answer,
  type Behaviour,
  bytes,
  counted,
  ERROR_PAGE,
  TEXT,
  VIOLATES,
} from "./message-contract.ts";

function* boomAfter(...texts: readonly string[]): Generator<Buffer> {
  for (const text of texts) yield bytes(text);
  throw new Error("boom");
}

const LENGTHS: readonly Behaviour[] = [
  {
    name: "a body that is shorter than it says is broken off, and reported",
    application: () => answer([bytes("abc")], FIVE),
    expected: {
      body: "abc",
      isBroken: true,
      reported: "the body has 3 bytes, its Content-Length says 5",
    },
  },
  {
    name: "an empty body that should not be is broken off, and reported",
    application: () => answer([], FIVE),
    expected: {
      isBroken: true,
      reported: "the body has 0 bytes, its Content-Length says 5",
    },
  },
  {
    name: "a chunk that is longer than it may be is cut, and reported",
    application: () => answer([bytes("abcdefg")], FIVE),
    expected: { body: "abcde", reported: "longer than its Content-Length of 5 bytes" },
  },
  {
    name: "chunks that are longer than they may be are cut, and reported",
    application: () => answer(later("abc", "defg", "h"), FIVE),
    expected: { body: "abcde", reported: "longer than its Content-Length of 5 bytes" },
  },
  {
    name: "chunks after the last that may be are dropped, and reported",
    application: () => answer([bytes("abcde"), bytes("f")], FIVE),
    expected: { body: "abcde", reported: "longer than its Content-Length of 5 bytes" },
  },
  {
    name: "a body that never ends is stopped at its length, and closed",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", [...TEXT, ...FIVE]);
      return counted(seen, forEver("abc"));
    },
    expected: { body: "abcab", reported: "longer than its Content-Length", closed: 1 },
  },
];

/** An application whose answer is the page for errors; what it did is reported. */
function fails(
  name: string,
  application: Behaviour["application"],
  reported: string,
  except: Behaviour["except"] = {},
): Behaviour {
  const headers = { "content-type": "text/plain", "content-length": "59" };
  const expected = { status: 500, headers, body: ERROR_PAGE, reported };
  return { name: `500 when the application ${name}`, application, expected, except };
}

const ERRORS: readonly Behaviour[] = [
  fails(
    "throws",
    () => () => {
      throw new Error("boom");
    },
    "Error: boom",
  ),
  fails("rejects", () => () => Promise.reject(new Error("boom")), "Error: boom"),
  fails("throws before its first chunk", () => answer(boomAfter()), "Error: boom"),
  fails("throws after an empty chunk", () => answer(boomAfter("")), "Error: boom"),
  fails("returns nothing", () => answer(undefined as never), "undefined", { validated: VIOLATES }),
  fails("returns a string", () => answer("text" as never), "TypeError", { validated: VIOLATES }),
  fails("returns bytes without a list", () => answer(bytes("t") as never), "found 116", {
    validated: VIOLATES,
  }),
  fails("yields a string", () => answer(["text"] as never), "found 'text'"),
  fails("does not call startResponse", () => () => [], "without calling startResponse()"),
  fails("yields before startResponse", () => () => [bytes("x")], "before startResponse"),
  fails(
    "calls startResponse twice",
    () => (environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return answer([])(environ, startResponse);
    },
    "called twice",
  ),
  fails("sets a hop-by-hop header", () => answer([], [["Connection", "close"]]), "op-by-"),
  fails(
    "would split the response by a header",
    () => answer([], [["X", "a\r\nSet-Cookie: b"]]),
    "X",
  ),
  fails("would split it by its status", () => answer([], [], "200 OK\r\nX: y"), "a status is"),
  fails("sends an interim status", () => answer([], [], "103 Early Hints"), "interim status"),
  fails("declares a length that is none", () => answer([], [["Content-Length", "five"]]), "five"),
  fails("declares two lengths", () => answer([], [...FIVE, ...FIVE]), "found two"),
  {
    name: "500 without the page for HEAD",
    application: () => () => Promise.reject(new Error("boom")),
    message: { method: "HEAD" },
    expected: { status: 500, headers: { "content-length": "59" }, body: "", reported: "boom" },
  },
  {
    name: "an error in the middle breaks the answer off, and closes the body once",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, boomAfter("start"));
    },
    expected: { body: "start", isBroken: true, reported: "Error: boom", closed: 1 },
  },
  {
    name: "an error before the head closes the body once",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, boomAfter());
    },
    expected: { status: 500, body: ERROR_PAGE, reported: "Error: boom", closed: 1 },
  },
  {
    name: "an application that has an error may start another response",
    application: () => (_environ, startResponse) => {
      startResponse("200 OK", [...TEXT, ["X-Old", "1"]]);
      startResponse("400 Bad Request", [...TEXT, ["X-New", "1"]], new Error("bad"));
      return [bytes("sorry")];
    },
    expected: {
      status: 400,
      headers: { "x-old": undefined, "x-new": "1" },
      body: "sorry",
    },
  },
  {
    name: "an application whose head is out gets its error back",
    application: () => async (_environ, startResponse) => {
      const error = new Error("too late");
      const write = startResponse("200 OK", TEXT);
      await write(bytes("sent, "));
      try {
        startResponse("500 Oh no", TEXT, error);
      } catch (thrown) {
        return [bytes(String(thrown === error))];
      }
      return [];
    },
    expected: { body: "sent, true" },
  },
  {
    name: "a body that cannot be closed is reported, with the answer whole",
    application: () =>
      answer(
        Object.assign([bytes("hello")], {
          close: () => {
            throw new Error("cannot close");
          },
        }),
      ),
    expected: { body: "hello", reported: "cannot close" },
  },
  {
    name: "what an application reports is passed on",
    application: () => (environ, startResponse) => {
      environ["wsgi.errors"].write("a word\n");
      return answer([bytes("ok")])(environ, startResponse);
    },
    expected: { body: "ok", reported: "a word\n" },
  },
];

export const ERROR_BEHAVIOURS: readonly Behaviour[] = [...LENGTHS, ...ERRORS];
