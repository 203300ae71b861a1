/**
 * The message contract: what becomes of what an application answers.
 */
import type { HeaderList } from "../../framework/wsgi.ts";
import { answer, type Behaviour, bytes, counted, LOSES_LENGTH, TEXT } from "./message-contract.ts";

export async function* later(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    await Promise.resolve();
    yield bytes(text);
  }
}

export function* forEver(text: string): Generator<Buffer> {
  for (;;) yield bytes(text);
}

const LARGE = "0123456789abcdef".repeat(300_000);
export const FIVE: HeaderList = [["Content-Length", "5"]];

const FRAMING: readonly Behaviour[] = [
  {
    name: "a body of one chunk gets its length",
    application: () => answer([bytes("hello")]),
    expected: { headers: { "content-length": "5" }, body: "hello" },
    except: { validated: LOSES_LENGTH },
  },
  {
    name: "an empty body has length 0",
    application: () => answer([]),
    expected: { headers: { "content-length": "0" }, body: "" },
  },
  {
    name: "a body of empty chunks is an empty body",
    application: () => answer([bytes(""), bytes("")]),
    expected: { headers: { "content-length": "0" }, body: "" },
  },
  {
    name: "several chunks arrive in order, without a length",
    application: () => answer([bytes("a"), bytes(""), bytes("b"), bytes("c")]),
    expected: { headers: { "content-length": undefined }, body: "abc" },
  },
  {
    name: "an asynchronous body arrives",
    application: () => answer(later("a", "", "b")),
    expected: { headers: { "content-length": undefined }, body: "ab" },
  },
  {
    name: "the application may be asynchronous",
    application: () => async (environ, startResponse) => {
      await Promise.resolve();
      return await answer([bytes("later")])(environ, startResponse);
    },
    expected: { body: "later" },
  },
  {
    name: "a declared length is kept",
    application: () => answer(later("he", "llo"), FIVE),
    expected: { headers: { "content-length": "5" }, body: "hello" },
  },
  {
    name: "write() sends before the body that is returned",
    application: () => async (_environ, startResponse) => {
      const write = startResponse("200 OK", TEXT);
      await write(bytes("one "));
      await write(bytes(""));
      await write(bytes("two "));
      return [bytes("three")];
    },
    expected: { headers: { "content-length": undefined }, body: "one two three" },
  },
  {
    name: "write() sends in order, though nobody waits for it",
    application: () => (_environ, startResponse) => {
      const write = startResponse("200 OK", TEXT);
      for (const text of ["one ", "two ", "three "]) void write(bytes(text));
      return [bytes("four")];
    },
    expected: { body: "one two three four" },
  },
  {
    name: "write() may be waited for in any order",
    application: () => async (_environ, startResponse) => {
      const write = startResponse("200 OK", TEXT);
      await Promise.all(["one ", "two ", "three "].map(async (text) => await write(bytes(text))));
      return [bytes("four")];
    },
    expected: { body: "one two three four" },
  },
  {
    name: "startResponse may be called when the first chunk is asked for",
    application: () => (_environ, startResponse) =>
      (function* () {
        startResponse("200 OK", TEXT);
        yield bytes("started late");
      })(),
    expected: { body: "started late" },
  },
  {
    name: "a large chunk arrives whole",
    application: () => answer([bytes(LARGE)]),
    expected: { body: LARGE },
  },
  {
    name: "many chunks arrive whole",
    application: () =>
      answer(
        Array.from({ length: 300 }, (_, index) =>
          bytes(LARGE.slice(index * 100, index * 100 + 100)),
        ),
      ),
    expected: { body: LARGE.slice(0, 30_000) },
  },
  {
    name: "a large asynchronous body arrives whole",
    application: () => answer(later(...(LARGE.match(/.{65536}|.+$/g) ?? []))),
    expected: { body: LARGE },
  },
  {
    name: "a body is closed once when it is sent",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, later("a", "b"));
    },
    expected: { body: "ab", closed: 1 },
  },
];

const HEADS: readonly Behaviour[] = [
  {
    name: "status and phrase arrive as they are",
    application: () => answer([], [], "299 Swings Well"),
    expected: { status: 299, reason: "Swings Well" },
  },
  {
    name: "a phrase may be empty",
    application: () => answer([], [], "200 "),
    expected: { status: 200, reason: "" },
  },
  {
    name: "headers are bytes as latin-1",
    application: () => answer([], [["X-Bytes", "\xe4\xc3\xa9"]]),
    expected: { headers: { "x-bytes": "\xe4\xc3\xa9" } },
  },
  {
    name: "several cookies stay apart",
    application: () =>
      answer(
        [],
        [
          ["Set-Cookie", "a=b; Path=/"],
          ["X-Between", "1"],
          ["Set-Cookie", "c=d, e"],
        ],
      ),
    expected: { headers: { "x-between": "1" }, cookies: ["a=b; Path=/", "c=d, e"] },
  },
  {
    name: "HEAD gets the length and no body",
    application: () => answer([bytes("hello")]),
    message: { method: "HEAD" },
    expected: { headers: { "content-length": "5" }, body: "" },
    except: { validated: LOSES_LENGTH },
  },
  {
    name: "HEAD gets the length that is declared",
    application: () => answer([], [["Content-Length", "123"]]),
    message: { method: "HEAD" },
    expected: { headers: { "content-length": "123" }, body: "" },
  },
  {
    name: "HEAD does not wait for a body that never ends, and closes it",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, forEver("x"));
    },
    message: { method: "HEAD" },
    expected: { headers: { "content-length": undefined }, body: "", closed: 1 },
  },
  {
    name: "HEAD gets no body from write() either",
    application: () => async (_environ, startResponse) => {
      await startResponse("200 OK", TEXT)(bytes("written"));
      return [bytes("returned")];
    },
    message: { method: "HEAD" },
    expected: { body: "" },
  },
  ...["204 No Content", "304 Not Modified"].map((status) => ({
    name: `${status} has neither body nor length`,
    application: () => answerWithoutType(status),
    expected: {
      status: Number(status.slice(0, 3)),
      headers: { "content-length": undefined, "transfer-encoding": undefined },
      body: "",
    },
  })),
  {
    name: "205 Reset Content has no body",
    application: () => answer([], [], "205 Reset Content"),
    expected: { status: 205, headers: { "content-length": "0" }, body: "" },
  },
];

function answerWithoutType(status: string): ReturnType<Behaviour["application"]> {
  return (_environ, startResponse) => {
    startResponse(status, []);
    return [bytes("ignored")];
  };
}

export const ANSWER_BEHAVIOURS: readonly Behaviour[] = [...FRAMING, ...HEADS];
