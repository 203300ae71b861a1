/**
 * What `startResponse` says: checked, and made into the head that goes out.
 *
 * Layer 8 (adapters). Pure. Errors: `TypeError` and `BadHeaderError`, which say what was found.
 * Source: PEP 3333; RFC 9110 sections 5.5, 7.6.1, 8.6 and 15.
 */
import { BadHeaderError, checkHeaderName, isHeaderValue } from "../http/headers.ts";
import type { HeaderList } from "../wsgi.ts";

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** With the `Content-Length` that is known, and without one that must not be. */
  readonly headers: HeaderList;
  /** False for HEAD, 204, 205 and 304. */
  readonly hasBody: boolean;
  /** How long the body has to be, where that is known. */
  readonly length: number | undefined;
}

export function checkStatus(status: string): void {
  if (typeof status !== "string" || !/^[1-5][0-9]{2} [\t\x20-\x7e\x80-\xff]*$/.test(status)) {
    throw new TypeError(
      `a status is three digits, a space and a phrase, such as "200 OK"; found ${JSON.stringify(status)}`,
    );
  }
  // RFC 9110 section 15.2: an interim response is no answer, so the client would wait for one for ever.
  if (status.startsWith("1")) {
    throw new TypeError(
      `${JSON.stringify(status)} is an interim status: sending those is the server's business`,
    );
  }
}

export function checkHeaders(headers: HeaderList): void {
  for (const [name, value] of headers) {
    checkHeaderName(name);
    if (!isHeaderValue(value)) {
      throw new BadHeaderError(
        `the header ${name} cannot have the value ${JSON.stringify(value)}: text without control characters, one byte per character`,
      );
    }
  }
}

/** `knownLength` is the length of the whole body where somebody knows it. */
export function makeHead(
  status: string,
  headers: HeaderList,
  isHead: boolean,
  knownLength: number | undefined,
): ResponseHead {
  const code = Number(status.slice(0, 3));
  const rule = LENGTH_RULES.get(code);
  const declared = rule === undefined ? declaredLength(headers) : undefined;
  const length = rule === undefined ? (declared ?? knownLength) : undefined;
  const kept = rule === undefined || rule === "optional" ? headers : withoutLength(headers);
  const added = rule === "zero" ? 0 : declared === undefined ? length : undefined;
  return {
    status: code,
    reason: status.slice(4),
    headers: added === undefined ? kept : [...kept, ["Content-Length", String(added)]],
    hasBody: rule === undefined && !isHead,
    length,
  };
}

/** RFC 9110 sections 8.6 and 15.3.6: what a status without content says about its length. */
const LENGTH_RULES: ReadonlyMap<number, "none" | "zero" | "optional"> = new Map([
  [204, "none"],
  [205, "zero"],
  [304, "optional"],
]);

function withoutLength(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !isLength(name));
}

function declaredLength(headers: HeaderList): number | undefined {
  let length: number | undefined;
  for (const [name, value] of headers) {
    if (!isLength(name)) continue;
    if (!/^[0-9]+$/.test(value))
      throw new TypeError(
        `Content-Length must be a number of bytes; found ${JSON.stringify(value)}`,
      );
    // Two that differ would let the client and a proxy see different responses.
    if (length !== undefined) throw new TypeError("a response has one Content-Length; found two");
    length = Number(value);
  }
  return length;
}

/** The length check is the cheap one, and settles nearly every comparison. */
function isLength(name: string): boolean {
  return name.length === "content-length".length && name.toLowerCase() === "content-length";
}
