/**
 * How a response is framed on the wire, and the bytes of its head.
 *
 * Layer 3 (wsgiserver). Pure. Source: RFC 9112 sections 6 and 9.3; RFC 9110 section 8.6.
 */
import type { HeaderList } from "../../framework/wsgi.ts";

/** Where the body ends: after so many bytes, after the last chunk, with the connection; or there is none. */
export type ResponseFraming =
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked" | "close" | "none" };

export interface ResponsePlan {
  readonly framing: ResponseFraming;
  /** A `Content-Length` the server adds. */
  readonly addLength: number | undefined;
  /** Leave out the application's `Content-Length`. */
  readonly dropLength: boolean;
  readonly closeConnection: boolean;
  readonly requestVersion: string;
}

export interface FrameInput {
  readonly status: string;
  readonly headers: HeaderList;
  readonly requestVersion: string;
  readonly isHead: boolean;
  /** The length of the whole body where the server knows it. */
  readonly knownLength: number | undefined;
  readonly closeConnection: boolean;
}

export function frameResponse(input: FrameInput): ResponsePlan {
  const { status, headers, requestVersion, isHead, knownLength } = input;
  const hasNoLength = status.startsWith("204");
  const hasNoBody = hasNoLength || status.startsWith("304");
  const declared = hasNoBody ? undefined : declaredLength(headers);
  const addLength = hasNoBody || declared !== undefined ? undefined : knownLength;
  const framing =
    hasNoBody || isHead ? NO_BODY : bodyFraming(declared ?? knownLength, requestVersion);
  return {
    framing,
    addLength,
    dropLength: hasNoLength,
    closeConnection: input.closeConnection || framing.kind === "close",
    requestVersion,
  };
}

const NO_BODY: ResponseFraming = { kind: "none" };
const CHUNKED: ResponseFraming = { kind: "chunked" };
const UNTIL_CLOSE: ResponseFraming = { kind: "close" };

function bodyFraming(length: number | undefined, requestVersion: string): ResponseFraming {
  if (length !== undefined) return { kind: "length", length };
  return requestVersion === "HTTP/1.1" ? CHUNKED : UNTIL_CLOSE;
}

interface ServerIdentity {
  versionString(): string;
  dateTimeString(): string;
}

/** Status line and headers: `Date` and `Server` first, then the application's in its order. Nothing for HTTP/0.9. */
export function formatHead(
  status: string,
  headers: HeaderList,
  plan: ResponsePlan,
  server: ServerIdentity,
): string {
  if (plan.requestVersion === "HTTP/0.9") return "";
  let head = `HTTP/1.1 ${status}\r\n`;
  let fields = "";
  let hasDate = false;
  let hasServer = false;
  for (const [name, value] of headers) {
    if (plan.dropLength && isName(name, "content-length")) continue;
    if (isName(name, "date")) hasDate = true;
    else if (isName(name, "server")) hasServer = true;
    fields += `${name}: ${value}\r\n`;
  }
  if (!hasDate) head += `Date: ${server.dateTimeString()}\r\n`;
  if (!hasServer) head += `Server: ${server.versionString()}\r\n`;
  head += fields;
  if (plan.addLength !== undefined) head += `Content-Length: ${plan.addLength}\r\n`;
  if (plan.framing.kind === "chunked") head += "Transfer-Encoding: chunked\r\n";
  if (plan.closeConnection) head += "Connection: close\r\n";
  else if (plan.requestVersion === "HTTP/1.0") head += "Connection: keep-alive\r\n";
  return `${head}\r\n`;
}

function declaredLength(headers: HeaderList): number | undefined {
  let length: number | undefined;
  for (const [name, value] of headers) {
    if (!isName(name, "content-length")) continue;
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
function isName(name: string, lowerCase: string): boolean {
  return name.length === lowerCase.length && name.toLowerCase() === lowerCase;
}
