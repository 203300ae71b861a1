/**
 * Where a request's body ends, and whether the connection outlives it.
 *
 * Layer 2 (httpserver). Pure. Errors: `HTTPRequestError` 400 for anything two servers could read differently
 * (request smuggling). Source: RFC 9112 sections 3.2, 6.1, 6.3 and 9.3; RFC 9110 section 8.6.
 */
import { HTTPRequestError } from "./http-error.ts";
import type { HTTPHeaders } from "./http-headers.ts";
import type { RequestHead } from "./request-head.ts";

export interface Framing {
  /** Bytes of the body; `undefined` for a chunked one. */
  readonly contentLength: number | undefined;
  /** What the client asked for: another request may follow on this connection. */
  readonly keepAlive: boolean;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
}

export function frameRequest(head: RequestHead, headers: HTTPHeaders): Framing {
  if (head.version === "HTTP/0.9")
    return { contentLength: 0, keepAlive: false, expectsContinue: false };
  const isHTTP11 = head.version === "HTTP/1.1";
  checkHost(headers, isHTTP11);
  const connection = new Set(
    (headers.get("Connection") ?? "").toLowerCase().split(/[ \t]*,[ \t]*/),
  );
  return {
    contentLength: bodyLength(headers, isHTTP11),
    keepAlive: isHTTP11 ? !connection.has("close") : connection.has("keep-alive"),
    expectsContinue: isHTTP11 && headers.get("Expect")?.toLowerCase() === "100-continue",
  };
}

function checkHost(headers: HTTPHeaders, isHTTP11: boolean): void {
  const hosts = headers.getAll("Host");
  if (hosts.length > 1) throw new HTTPRequestError(400, "More than one Host header");
  if (isHTTP11 && hosts.length === 0) throw new HTTPRequestError(400, "Missing Host header");
}

function bodyLength(headers: HTTPHeaders, isHTTP11: boolean): number | undefined {
  const codings = headers.getAll("Transfer-Encoding");
  const lengths = headers.getAll("Content-Length");
  if (codings.length > 0) {
    if (lengths.length > 0)
      throw new HTTPRequestError(400, "Both Transfer-Encoding and Content-Length");
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
