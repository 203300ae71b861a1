/**
 * The environ of a request that a test makes.
 *
 * Layer 8 (testing). Pure. Strings are bytes as latin-1. Source: PEP 3333; Django test/client.py (`_base_environ`, `generic`).
 */
import { unquoteToLatin1 } from "../utils/encoding.ts";
import type { Environ, ErrorStream } from "../wsgi.ts";
import { encodeData, encodeQuery, type EncodedData, type RequestData } from "./request-data.ts";

export type HeaderValues =
  | Readonly<Record<string, string>>
  | Iterable<readonly [name: string, value: string]>;

/** What can be said about a request besides method, path and body. */
export interface SendOptions {
  /** Takes the place of the query in the path. */
  readonly query?: object;
  readonly headers?: HeaderValues;
  /** Over TLS. @default false */
  readonly secure?: boolean;
  /** Says how the data is sent. */
  readonly contentType?: string;
  /** More of the environ, or other values: `{ REMOTE_ADDR: "10.0.0.1" }`. */
  readonly environ?: Readonly<Record<string, unknown>>;
}

export interface ClientSendOptions extends SendOptions {
  /** Go where redirects lead, and give the response there. @default false */
  readonly follow?: boolean;
}

export interface RequestPlan extends SendOptions {
  readonly method: string;
  /** A path with or without a query, or an absolute URL. */
  readonly path: string;
  readonly data?: RequestData | undefined;
  /** The body as it was sent before a redirect, instead of `data`. */
  readonly encoded?: EncodedData | undefined;
}

/** The body comes out beside the environ, for a redirect that has to send it again. */
export function environFor(
  plan: RequestPlan,
  errors: ErrorStream,
): { readonly environ: Environ; readonly encoded: EncodedData } {
  const target = splitTarget(plan.path, plan.secure ?? false);
  const encoded = plan.encoded ?? encodeData(plan.method, plan.data, contentTypeOf(plan));
  const environ: Environ = {
    REQUEST_METHOD: plan.method,
    SCRIPT_NAME: "",
    PATH_INFO: unquoteToLatin1(latin1(target.path)),
    QUERY_STRING: plan.query === undefined ? latin1(target.query) : encodeQuery(plan.query),
    SERVER_NAME: target.host,
    SERVER_PORT: target.port,
    SERVER_PROTOCOL: "HTTP/1.1",
    REMOTE_ADDR: "127.0.0.1",
    "wsgi.version": [1, 0],
    "wsgi.url_scheme": target.scheme,
    "wsgi.input": encoded.payload.input(),
    "wsgi.errors": errors,
    "wsgi.multithread": false,
    "wsgi.multiprocess": false,
    "wsgi.run_once": false,
  };
  if (encoded.payload.length > 0) {
    environ.CONTENT_TYPE = encoded.contentType;
    environ.CONTENT_LENGTH = String(encoded.payload.length);
  }
  addHeaders(environ, plan.headers);
  return { environ: Object.assign(environ, plan.environ), encoded };
}

function contentTypeOf({ contentType, headers }: RequestPlan): string | undefined {
  if (contentType !== undefined) return contentType;
  for (const [name, value] of pairsOf(headers))
    if (name.toLowerCase() === "content-type") return value;
  return undefined;
}

interface Target {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** As in Django the path is not normalised: `//a/../b` arrives as it is. */
function splitTarget(path: string, secure: boolean): Target {
  const [, scheme, authority, rest = ""] =
    /^(?:(https?):\/\/([^/?#]*))?([^#]*)/i.exec(path.trim()) ?? [];
  const isSecure = scheme === undefined ? secure : scheme.toLowerCase() === "https";
  const [, host = "testserver", port = isSecure ? "443" : "80"] =
    /^(.*?)(?::(\d+))?$/.exec(authority ?? "testserver") ?? [];
  const mark = rest.indexOf("?");
  return {
    scheme: isSecure ? "https" : "http",
    host,
    port,
    path: (mark < 0 ? rest : rest.slice(0, mark)) || "/",
    query: mark < 0 ? "" : rest.slice(mark + 1),
  };
}

function addHeaders(environ: Environ, headers: HeaderValues | undefined): void {
  for (const [name, value] of pairsOf(headers)) {
    const key = name.toUpperCase().replaceAll("-", "_");
    const isContent = key === "CONTENT_TYPE" || key === "CONTENT_LENGTH";
    environ[isContent ? key : `HTTP_${key}`] = latin1(value);
  }
}

export function pairsOf(
  headers: HeaderValues = {},
): Iterable<readonly [name: string, value: string]> {
  return isIterable(headers) ? headers : Object.entries(headers);
}

function isIterable(headers: HeaderValues): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}

/** The bytes of a text's UTF-8, as latin-1. */
function latin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
