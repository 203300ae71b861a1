/**
 * The message contract: how an application reads the body of its request.
 */
import type { Chunk, Environ, InputStream, WSGIApplication } from "../../framework/wsgi.ts";
import { type Behaviour, bytes, echo, json, TEXT } from "./message-contract.ts";

/** An application that answers with everything that `read` gives, piece by piece. */
function reading(read: (input: InputStream) => AsyncGenerator<Chunk>): () => WSGIApplication {
  return () => async (environ, startResponse) => {
    const pieces: string[] = [];
    for await (const piece of read(environ["wsgi.input"]))
      pieces.push(Buffer.from(piece).toString("latin1"));
    startResponse("200 OK", TEXT);
    return [bytes(pieces.join("|"))];
  };
}

const whole = reading(async function* (input) {
  yield await input.read();
  yield await input.read();
});

const inThrees = reading(async function* (input) {
  for (let piece = await input.read(3); piece.byteLength > 0; piece = await input.read(3))
    yield piece;
});

const byLines = reading(async function* (input) {
  for (let line = await input.readline(); line.byteLength > 0; line = await input.readline())
    yield line;
});

const mixed = reading(async function* (input) {
  yield await input.readline(2);
  yield await input.readline();
  yield await input.read(2);
  yield* input;
  yield await input.read();
  yield await input.readline();
});

const joined = echo(async (environ: Environ) => {
  let text = "";
  for await (const chunk of environ["wsgi.input"]) text += Buffer.from(chunk).toString("latin1");
  return text;
});

const LARGE = "0123456789abcdef".repeat(300_000);

export const BODY_BEHAVIOURS: readonly Behaviour[] = [
  {
    name: "a body is read whole, and then there is nothing",
    application: whole,
    message: { method: "POST", body: "hello" },
    expected: { body: "hello|" },
  },
  {
    name: "a body of unknown length is read whole",
    application: whole,
    message: { method: "POST", body: ["he", "l", "lo"] },
    expected: { body: "hello|" },
  },
  {
    name: "a request without a body has an empty one",
    application: whole,
    expected: { body: "|" },
  },
  {
    name: "an empty body of unknown length is empty",
    application: whole,
    message: { method: "POST", body: [] },
    expected: { body: "|" },
  },
  {
    name: "read(size) gives size bytes, however they arrived, and at the end what is left",
    application: inThrees,
    message: { method: "POST", body: ["a", "bcde", "fg"] },
    expected: { body: "abc|def|g" },
  },
  {
    name: "readline gives a line with its end, however it arrived",
    application: byLines,
    message: { method: "POST", body: ["on", "e\ntw", "o\n\nthr", "ee"] },
    expected: { body: "one\n|two\n|\n|three" },
  },
  {
    name: "all ways of reading go together",
    application: mixed,
    message: { method: "POST", body: "abcd\nefghij" },
    expected: { body: "ab|cd\n|ef|ghij||" },
  },
  {
    name: "a body is iterated",
    application: joined,
    message: { method: "POST", body: ["a\xff", "b\0"] },
    expected: { body: json("a\xffb\0") },
  },
  {
    name: "a large body arrives as it was sent",
    application: joined,
    message: { method: "POST", body: LARGE },
    expected: { body: json(LARGE) },
  },
  {
    name: "a large body of unknown length arrives as it was sent",
    application: joined,
    message: { method: "POST", body: [LARGE.slice(0, 70_000), LARGE.slice(70_000)] },
    expected: { body: json(LARGE) },
  },
  {
    name: "a body that nobody reads does not keep the answer",
    application: echo(() => "unread"),
    message: { method: "POST", body: "x".repeat(200_000) },
    expected: { body: json("unread") },
  },
  {
    name: "a body that is read in part does not keep the answer",
    application: reading(async function* (input) {
      yield await input.read(3);
    }),
    message: { method: "POST", body: "x".repeat(200_000) },
    expected: { body: "xxx" },
  },
  {
    name: "a body is answered while it is read",
    application: () => (environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return environ["wsgi.input"];
    },
    message: { method: "POST", body: ["one ", "two ", "three"] },
    expected: { body: "one two three" },
  },
];
