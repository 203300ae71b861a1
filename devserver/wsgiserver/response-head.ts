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
  readonly protocolVersion: string;
  versionString(): string;
  dateTimeString(): string;
}

/** Status line, `Date` and `Server`; the latter two where the application has not set them. */
export function formatPreamble(
  status: string,
  headers: HeaderList,
  server: ServerIdentity,
): string {
  let hasDate = false;
  let hasServer = false;
  for (const header of headers) {
    const name = header[0];
    if (isName(name, "date")) hasDate = true;
    else if (isName(name, "server")) hasServer = true;
  }
  if (!hasDate && !hasServer) return usualPreamble(status, server);
  let preamble = `${server.protocolVersion} ${status}\r\n`;
  if (!hasDate) preamble += `Date: ${server.dateTimeString()}\r\n`;
  if (!hasServer) preamble += `Server: ${server.versionString()}\r\n`;
  return preamble;
}

/** The last one: for a second it is the same for all responses of one status. */
const last = { protocol: "", status: "", date: "", version: "", preamble: "" };

function usualPreamble(status: string, server: ServerIdentity): string {
  const protocol = server.protocolVersion;
  const date = server.dateTimeString();
  const version = server.versionString();
  const isSame = status === last.status && date === last.date && version === last.version;
  if (!isSame || protocol !== last.protocol) {
    const preamble = `${protocol} ${status}\r\nDate: ${date}\r\nServer: ${version}\r\n`;
    Object.assign(last, { protocol, status, date, version, preamble });
  }
  return last.preamble;
}

/** The application's headers in its order, then the server's, and the empty line. */
export function formatFields(headers: HeaderList, plan: ResponsePlan): string {
  let fields = "";
  for (const header of headers) {
    const name = header[0];
    if (plan.dropLength && isName(name, "content-length")) continue;
    fields += `${name}: ${header[1]}\r\n`;
  }
  if (plan.addLength !== undefined) fields += `Content-Length: ${plan.addLength}\r\n`;
  if (plan.framing.kind === "chunked") fields += "Transfer-Encoding: chunked\r\n";
  if (plan.closeConnection) fields += "Connection: close\r\n";
  else if (plan.requestVersion === "HTTP/1.0") fields += "Connection: keep-alive\r\n";
  return `${fields}\r\n`;
}

/** Whether the answer is a stream of server-sent events. */
export function isEventStream(headers: HeaderList): boolean {
  return headers.some(
    ([name, value]) => isName(name, "content-type") && value.startsWith("text/event-stream"),
  );
}

function declaredLength(headers: HeaderList): number | undefined {
  let length: number | undefined;
  for (const header of headers) {
    if (!isName(header[0], "content-length")) continue;
    const value = header[1];
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
