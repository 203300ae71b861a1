/**
 * What an application may say in `startResponse`.
 *
 * Layer 3 (wsgiserver). Pure. Errors: `TypeError` that says what was found.
 * Source: PEP 3333; RFC 9110 sections 5.5 and 7.6.1.
 */
import type { HeaderList } from "../../framework/wsgi.ts";
import { isHopByHop } from "./hop-by-hop.ts";

/** The last status that was right: most of an application's are the same. */
let lastStatus = "";

export function checkStatus(status: string): void {
  if (status === lastStatus) return;
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
  lastStatus = status;
}

export function checkHeaders(headers: HeaderList): void {
  // Here and in response-head.ts: taking a pair apart in the head of a loop costs more than all that is done with it.
  for (const header of headers) {
    const name = header[0];
    checkValue(name, header[1]);
    if (!checkedNames.has(name)) checkName(name);
  }
}

/** A header of any kind that is well-formed; whether an application may set it is another question. */
export function checkHeaderText(name: string, value: string): void {
  checkToken(name);
  checkValue(name, value);
}

const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

function checkValue(name: string, value: string): void {
  if (typeof value === "string" && !FORBIDDEN_IN_VALUE.test(value)) return;
  throw new TypeError(
    `the header ${name} cannot have the value ${JSON.stringify(value)}: text without control characters, one byte per character`,
  );
}

/** Names that were found right once; applications use few. */
const checkedNames = new Set<string>();

function checkName(name: string): void {
  checkToken(name);
  if (isHopByHop(name))
    throw new TypeError(
      `Hop-by-hop header '${name}' is not allowed: connections are the server's business`,
    );
  if (checkedNames.size < 1000) checkedNames.add(name);
}

function checkToken(name: string): void {
  if (typeof name !== "string" || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
    throw new TypeError(`${JSON.stringify(name)} is not a header name`);
}
