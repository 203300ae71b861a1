import { METHODS } from "node:http";
import { describe, expect, test } from "vitest";
import { ChunkedDecoder } from "../../../devserver/httpserver/chunked-decoder.ts";
import { frameRequest } from "../../../devserver/httpserver/framing.ts";
import { HTTPRequestError } from "../../../devserver/httpserver/http-error.ts";
import { generateRequest } from "../../support/http-corpus.ts";
import { Llhttp, type Understood } from "../../support/llhttp.ts";
import { Random } from "../../support/random.ts";
import { head, parseAtOnce } from "../../support/request-heads.ts";

/** Our reading of the first request; `undefined` when it is refused, or not whole. */
function read(text: string): (Understood & { readonly version: string }) | undefined {
  const found = parseAtOnce(text);
  if (typeof found !== "object") return undefined;
  try {
    const { contentLength } = frameRequest(found);
    const body = readBody(Buffer.from(text, "latin1").subarray(found.size), contentLength);
    return body === undefined ? undefined : { ...found, body };
  } catch (error) {
    if (error instanceof HTTPRequestError) return undefined;
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

/** The exceptions of docs/decisions/002-own-http-parser.md: why we take what llhttp may refuse. */
function isWanted(
  text: string,
  { method, target, version }: { method: string; target: string; version: string },
): boolean {
  // RFC 9110 section 9.1 leaves methods open; the view answers 405.
  if (!METHODS.includes(method)) return true;
  // Python's server answers HTTP/0.9 with a body alone.
  if (version === "HTTP/0.9") return true;
  // Django decodes high bytes as UTF-8; old browsers and scripts send them.
  if (/[\x80-\xff]/.test(target)) return true;
  // It reaches the resolver and is a 404 there, as in Django.
  if (!target.startsWith("/")) return true;
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

  test(
    "agree on generated requests: what we take, llhttp takes and reads alike",
    async () => {
      await using llhttp = await Llhttp.start();
      let taken = 0;
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
        const text = generateRequest(new Random(seed));
        const ours = read(text);
        if (ours === undefined || isWanted(text, ours)) continue;
        const { method, target, body } = ours;
        taken += 1;

        const theirs = await llhttp.read(text);

        expect(theirs, `seed ${seed}: ${JSON.stringify(text)}`).toEqual({ method, target, body });
      }
      expect(taken).toBeGreaterThan(SEEDS / 20);
    },
    60_000 + SEEDS * 20,
  );
});
