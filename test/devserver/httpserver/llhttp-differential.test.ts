import { METHODS } from "node:http";
import { describe, expect, test } from "vitest";
import { ChunkedDecoder } from "../../../devserver/httpserver/chunked-decoder.ts";
import { frameRequest } from "../../../devserver/httpserver/framing.ts";
import { HTTPRequestError } from "../../../devserver/httpserver/http-error.ts";
import { DEFAULT_LIMITS } from "../../../devserver/httpserver/limits.ts";
import { parseRequestHead } from "../../../devserver/httpserver/request-head.ts";
import { generateRequest } from "../../support/http-corpus.ts";
import { Llhttp, type Understood } from "../../support/llhttp.ts";
import { Random } from "../../support/random.ts";
import { kindOfRefusal, REFUSALS } from "../../support/refusals.ts";
import { head } from "../../support/request-heads.ts";

type Reading = Understood & { readonly version: string };

/** What we make of the first request: a reading, a refusal, or `undefined` when it is not whole. */
function read(text: string): Reading | HTTPRequestError | undefined {
  const bytes = Buffer.from(text, "latin1");
  try {
    const found = parseRequestHead(bytes, DEFAULT_LIMITS);
    if (found === undefined) return undefined;
    const { contentLength } = frameRequest(found);
    const body = readBody(bytes.subarray(found.size), contentLength);
    return body === undefined ? undefined : { ...found, body };
  } catch (error) {
    if (error instanceof HTTPRequestError) return error;
    throw error;
  }
}

function readBody(bytes: Buffer, length: number | undefined): string | undefined {
  if (length !== undefined)
    return bytes.length < length ? undefined : bytes.toString("latin1", 0, length);
  const decoder = new ChunkedDecoder();
  let body = "";
  for (let rest = bytes; !decoder.done;) {
    const { data, consumed } = decoder.decode(rest);
    if (consumed === 0) return undefined;
    body += data.toString("latin1");
    rest = rest.subarray(consumed);
  }
  return body;
}

/** The exceptions of docs/server-stack.md: why we take what llhttp may refuse. */
function isWanted(text: string, { method, target, version }: Reading): boolean {
  // RFC 9110 section 9.1 leaves methods open; the view answers 405.
  if (!METHODS.includes(method)) return true;
  // Python's server answers HTTP/0.9 with a body alone.
  if (version === "HTTP/0.9") return true;
  // Django decodes high bytes as UTF-8; old browsers and scripts send them.
  if (/[\x80-\xff]/.test(target)) return true;
  // It reaches the resolver and is a 404 there, as in Django.
  if (!target.startsWith("/")) return true;
  // RFC 9110 section 5.5: blanks around a value are no part of it.
  if (/^transfer-encoding:.*\t[\t ]*\r$/im.test(text)) return true;
  // RFC 9110 section 10.1.1 leaves it open; `node:http` answers 417, and the parser has no part in it.
  if (/^expect:/im.test(text)) return true;
  // llhttp's limit for a whole head is 16 KiB; ours are Python's.
  return text.length > 16_384;
}

/** A short run here; `npm run fuzz` makes it a long one. */
const SEEDS = Number(process.env.FUZZ_SEEDS ?? 2500);
const FIRST = Number(process.env.FUZZ_FIRST ?? 0);

const FAMILIAR = [
  head("GET / HTTP/1.1", "Host: x"),
  head("GET / HTTP/1.0"),
  `\r\n${head("GET /a?b HTTP/1.1", "Host: x", "Accept:\t*/*")}`,
  `${head("POST / HTTP/1.1", "Host: x", "Content-Length: 5")}hello`,
  `${head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")}5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n`,
];

describe("our parser and llhttp", () => {
  test.each(FAMILIAR)("read %j alike", async (text) => {
    await using llhttp = await Llhttp.start();

    const theirs = await llhttp.read(text);

    expect(theirs).toBeDefined();
    expect(read(text)).toMatchObject(theirs ?? {});
  });

  test.each(REFUSALS)(
    "differ about $name: we answer $status",
    async ({ name, status, example }) => {
      await using llhttp = await Llhttp.start();

      const ours = read(example);

      expect(await llhttp.read(example)).toBeDefined();
      if (!(ours instanceof HTTPRequestError)) throw new Error("it is taken");
      expect([ours.status, kindOfRefusal(example, ours.status, ours.message)]).toEqual([
        status,
        name,
      ]);
    },
  );

  test(
    "agree on generated requests: what we take, llhttp takes and reads alike",
    async () => {
      await using llhttp = await Llhttp.start();
      let taken = 0;
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
        const text = generateRequest(new Random(seed));
        const ours = read(text);
        if (ours === undefined || ours instanceof HTTPRequestError || isWanted(text, ours))
          continue;
        const { method, target, body } = ours;
        taken += 1;

        const theirs = await llhttp.read(text);

        expect(theirs, `seed ${seed}: ${JSON.stringify(text)}`).toEqual({ method, target, body });
      }
      expect(taken).toBeGreaterThan(SEEDS / 20);
    },
    60_000 + SEEDS * 20,
  );

  test(
    "differ on generated requests only about what is known: what we refuse, llhttp refuses too",
    async () => {
      await using llhttp = await Llhttp.start();
      const kinds = new Set<string | undefined>();
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
        const text = generateRequest(new Random(seed));
        const ours = read(text);
        if (!(ours instanceof HTTPRequestError)) continue;
        if ((await llhttp.read(text)) === undefined) continue;
        const kind = kindOfRefusal(text, ours.status, ours.message);

        expect(kind, `seed ${seed}: ${ours.message}: ${JSON.stringify(text)}`).toBeDefined();
        kinds.add(kind);
      }
      expect(kinds.size).toBeGreaterThan(5);
    },
    60_000 + SEEDS * 20,
  );
});
