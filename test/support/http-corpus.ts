/**
 * Requests for fuzzing: valid ones, and valid ones with a mutation or two. The same seed, the same request.
 */
import type { Random } from "./random.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"] as const;
const TARGETS = ["/", "/a/b?c=d", "/%41", "//x", "/a'(b)", "*", "http://h/p", "/\xe4"] as const;
/** Most are right. */
const VERSIONS: readonly [string, ...string[]] = [
  "HTTP/1.1",
  ...Array<string>(11).fill("HTTP/1.1"),
  ...Array<string>(4).fill("HTTP/1.0"),
  "HTTP/0.9",
  "HTTP/1.2",
  "HTTP/2.0",
  "RTSP/1.0",
];
/** Most requests have nothing before them. */
const BEFORE: readonly [string, ...string[]] = [
  "",
  ...Array<string>(19).fill(""),
  "\r\n",
  "\r\n\r\n",
  "\n",
  "\r",
  "\r\n".repeat(9),
];
const HEADERS = [
  "Accept: */*",
  "accept-language: de",
  "Cookie: a=b; c=d",
  "X-Empty:",
  "X-Blanks: \t a  b \t",
  "X-High: \xe4\xff",
  "Connection: close",
  "Connection: keep-alive, foo",
  "!#$%&'*+-.^_`|~9: token",
  "Host: example.org",
  "Expect: 100-continue",
] as const;
/** Framing lines that are right, and others that are not. */
const FRAMINGS = [
  "Content-Length: 5",
  "content-length: 0",
  "Content-Length: 00005",
  "Content-Length: +5",
  "Content-Length: -5",
  "Content-Length: 0x5",
  "Content-Length: 5, 5",
  "Content-Length: 5 5",
  "Content-Length:",
  "Content-Length: 99999999999999999999",
  "Content-Length : 5",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: Chunked",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: ,chunked",
  "Transfer-Encoding:\tchunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding: chunked;a=b",
  "Transfer-Encoding : chunked",
  "Transfer-Encoding:\x0bchunked",
  "Transfer-Encoding: \x00chunked",
] as const;
const PAYLOADS = [
  "hello",
  "5\r\nhello\r\n0\r\n\r\n",
  "5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
  "5\nhello\n0\n\n",
  "5 \r\nhello\r\n0\r\n\r\n",
  "05\r\nhello\r\n0\r\n\r\n",
  "00000000000005\r\nhello\r\n0\r\n\r\n",
  "5 ;a=b\r\nhello\r\n0\r\n\r\n",
  '5;a="b; c\\"";d\r\nhello\r\n0\r\n\r\n',
  "5;\r\nhello\r\n0\r\n\r\n",
  `5;${"a".repeat(5000)}\r\nhello\r\n0\r\n\r\n`,
  "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n",
  "5\r\nhelloX\r\n0\r\n\r\n",
  "G\r\nhello\r\n0\r\n\r\n",
  "-1\r\n\r\n0\r\n\r\n",
  "0x5\r\nhello\r\n0\r\n\r\n",
  "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
  "",
] as const;
const NOISE = ["\0", "\t", "\n", "\r", "\r\n", "\x0b", "\x7f", " ", "\x80", "\xff", ":", ",", ";"];
const MORE_NOISE = ["(", "/", "0", "A", "\r\n ", "\n\n", "\r\n\r\n", "HTTP/2.0", "HTTP/1.2"];

/** One request, most often with something wrong in it. */
export function generateRequest(random: Random): string {
  let text = generateValidLooking(random);
  for (let mutations = random.below(3); mutations > 0; mutations -= 1) text = mutate(text, random);
  return text;
}

function generateValidLooking(random: Random): string {
  const lines = [`${random.pick(METHODS)} ${random.pick(TARGETS)} ${random.pick(VERSIONS)}`];
  if (random.below(10) > 0) lines.push("Host: example.com");
  for (let count = random.below(4); count > 0; count -= 1) lines.push(random.pick(HEADERS));
  if (random.below(50) === 0) lines.push(...Array<string>(101).fill("A: b"));
  const framings = random.pick([0, 0, 1, 1, 1, 2]);
  for (let count = framings; count > 0; count -= 1) lines.push(random.pick(FRAMINGS));
  const before = random.pick(BEFORE);
  return `${before}${lines.join("\r\n")}\r\n\r\n${framings > 0 ? random.pick(PAYLOADS) : ""}`;
}

function mutate(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const noise = random.pick(["x", ...NOISE, ...MORE_NOISE]);
  if (random.below(3) === 0) return text.slice(0, at) + text.slice(at + 1 + random.below(3));
  if (random.below(2) === 0) return text.slice(0, at) + noise + text.slice(at + 1);
  return text.slice(0, at) + noise + text.slice(at);
}
