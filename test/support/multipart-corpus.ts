/**
 * Multipart bodies and Cookie headers that are a little, or very, wrong. The same for the same seed.
 */
import { BOUNDARY } from "./multipart.ts";
import type { Random } from "./random.ts";

const NAMES = [
  "a",
  "",
  "__proto__",
  "constructor",
  "caf\xc3\xa9",
  "\xff",
  "a b",
  "&#47;",
  "x".repeat(300),
] as const;
const FILE_NAMES = [
  "x.txt",
  "",
  "..",
  "../../etc/passwd",
  "C:\\Windows\\",
  "caf\xc3\xa9.png",
  "\0\x01",
  "&#x2e;&#x2e;",
  `${"f".repeat(300)}.txt`,
] as const;
const CONTENTS = [
  "",
  "x",
  "\r\n",
  "\r\n--",
  `\r\n--${BOUNDARY.slice(0, 5)}`,
  `--${BOUNDARY}`,
  "AAEC",
  "not base64",
  "\0\xff\r\r\n\n",
  "y".repeat(700),
] as const;
/** What a mutation puts in. */
const SPLINTERS = [
  "\r\n",
  "\r",
  "\n",
  "--",
  "-",
  `\r\n--${BOUNDARY}`,
  `\r\n--${BOUNDARY}--`,
  `\r\n--${BOUNDARY}\r\n`,
  "\r\n\r\n",
  ";",
  '"',
  "\\",
  "=",
  ":",
  "\0",
  "\xff",
  "%",
  "'",
  "; name*=UTF-8''%zz",
  "; filename*=BOGUS''x",
  "Content-Transfer-Encoding: base64\r\n",
  "X".repeat(1100),
] as const;
const TYPES = [
  `multipart/form-data; boundary=${BOUNDARY}`,
  `multipart/form-data; boundary="${BOUNDARY}"`,
  "multipart/form-data",
  "multipart/form-data; boundary=",
  'multipart/form-data; boundary="\\"',
  "application/x-www-form-urlencoded",
] as const;

/** Half of all bodies are mutated; a tenth has another Content-Type. */
export function generateBody(random: Random): { readonly type: string; readonly body: Buffer } {
  const parts = Array.from({ length: random.below(5) }, () => generatePart(random));
  const whole = parts.map((text) => `--${BOUNDARY}\r\n${text}\r\n`).join("");
  let text = `${whole}--${BOUNDARY}--${random.pick(["\r\n", "", "\r\nepilogue"])}`;
  if (random.below(2) === 0) {
    for (let left = 1 + random.below(4); left > 0; left--) text = mutate(text, random);
  }
  const type = random.below(10) === 0 ? random.pick(TYPES) : TYPES[0];
  return { type, body: Buffer.from(text, "latin1") };
}

export function generateCookies(random: Random): string {
  let text = Array.from(
    { length: random.below(5) },
    () => `${random.pick(NAMES)}=${random.pick(["1", '"q"', "%E2%99%A5", "%zz", "", "a=b"])}`,
  ).join("; ");
  for (let left = random.below(5); left > 0; left--) text = mutate(text, random);
  return text;
}

function generatePart(random: Random): string {
  const headers = [`Content-Disposition: form-data; name="${random.pick(NAMES)}"`];
  if (random.below(2) === 0) headers[0] += `; filename="${random.pick(FILE_NAMES)}"`;
  if (random.below(3) === 0)
    headers.push(`Content-Type: ${random.pick(["text/plain", "a/b; charset=x", ";"])}`);
  if (random.below(4) === 0) headers.push("Content-Transfer-Encoding: base64");
  if (random.below(8) === 0) headers.reverse();
  return `${headers.join("\r\n")}\r\n\r\n${random.pick(CONTENTS)}`;
}

function mutate(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const until = at + random.below(30);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(until);
    case 1:
      return text.slice(0, at) + random.pick(SPLINTERS) + text.slice(at);
    case 2:
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
    case 3:
      return text.slice(0, until) + text.slice(at);
    case 4:
      return text.slice(0, at);
    default:
      return text.slice(at) + text.slice(0, at);
  }
}
