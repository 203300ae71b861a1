/**
 * Where a request's body ends, and whether the connection outlives it.
 *
 * Layer 2 (httpserver). Pure. Errors: `HTTPRequestError` 400 for anything two servers could read differently
 * (request smuggling). Source: RFC 9112 sections 3.2, 6.1, 6.3 and 9.3; RFC 9110 section 8.6.
 */
import { HTTPRequestError } from "./http-error.ts";
import type { RequestHead } from "./request-head.ts";

export interface Framing {
  /** Bytes of the body; `undefined` for a chunked one. */
  readonly contentLength: number | undefined;
  /** What the client asked for: another request may follow on this connection. */
  readonly keepAlive: boolean;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
}

export function frameRequest(head: RequestHead): Framing {
  if (head.version === "HTTP/0.9") return NO_FRAMING;
  const isHTTP11 = head.version === "HTTP/1.1";
  const found = collect(head.fields);
  checkHost(found.hosts, isHTTP11);
  const close = found.connection !== "" && hasOption(found.connection, "close");
  return {
    contentLength: bodyLength(found, isHTTP11),
    keepAlive: !close && (isHTTP11 || hasOption(found.connection, "keep-alive")),
    expectsContinue: isHTTP11 && found.expect === "100-continue",
  };
}

const NO_FRAMING: Framing = { contentLength: 0, keepAlive: false, expectsContinue: false };

/** What the headers say about framing. */
interface FramingFields {
  hosts: number;
  lengths: string[];
  codings: string[];
  /** All Connection headers, lower case. */
  connection: string;
  /** Lower case. */
  expect: string;
}

/** One pass over the fields; the length of a name settles most comparisons. */
function collect(fields: readonly string[]): FramingFields {
  const found: FramingFields = {
    hosts: 0,
    lengths: NONE,
    codings: NONE,
    connection: "",
    expect: "",
  };
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? "";
    if (!LENGTHS.has(name.length)) continue;
    const value = fields[index + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "host") found.hosts++;
    else if (lower === "content-length") found.lengths = [...found.lengths, value];
    else if (lower === "transfer-encoding") found.codings = [...found.codings, value];
    else if (lower === "connection") found.connection += `,${value.toLowerCase()}`;
    else if (lower === "expect") found.expect = value.toLowerCase();
  }
  return found;
}

const NONE: string[] = [];
const LENGTHS = new Set(
  ["host", "content-length", "transfer-encoding", "connection", "expect"].map(
    (name) => name.length,
  ),
);

function hasOption(connection: string, option: string): boolean {
  return connection.split(",").some((found) => found.trim() === option);
}

function checkHost(hosts: number, isHTTP11: boolean): void {
  if (hosts > 1) throw new HTTPRequestError(400, "More than one Host header");
  if (isHTTP11 && hosts === 0) throw new HTTPRequestError(400, "Missing Host header");
}

function bodyLength({ lengths, codings }: FramingFields, isHTTP11: boolean): number | undefined {
  if (codings.length > 0) {
    if (lengths.length > 0) {
      throw new HTTPRequestError(400, "Both Transfer-Encoding and Content-Length");
    }
    if (!isHTTP11) throw new HTTPRequestError(400, "Transfer-Encoding in an HTTP/1.0 request");
    if (codings.length > 1 || codings[0]?.toLowerCase() !== "chunked") {
      throw new HTTPRequestError(501, `Unsupported Transfer-Encoding ('${codings.join(", ")}')`);
    }
    return undefined;
  }
  if (lengths.length > 1) throw new HTTPRequestError(400, "More than one Content-Length header");
  const [text = "0"] = lengths;
  const length = Number(text);
  if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(length)) {
    throw new HTTPRequestError(400, `Bad Content-Length ('${text}')`);
  }
  return length;
}
