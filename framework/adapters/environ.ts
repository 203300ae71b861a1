/**
 * From a request to its environ, whatever carried it here.
 *
 * Layer 8 (adapters). Pure. Strings are bytes as latin-1. Source: PEP 3333; RFC 9112 section 3.2 (targets); RFC 9110
 * section 5.3 (repeated headers join with ", ", cookies with "; "). The rules are those of devserver/wsgiserver/environ.ts,
 * which this half of the house cannot import; test/support/message-contract.ts holds both to them.
 */
import { unquoteToLatin1 } from "../utils/encoding.ts";
import type { ClientConnection, Environ, ErrorStream, InputStream } from "../wsgi.ts";
import { fileWrapper } from "./file-wrapper.ts";

/** What whoever mounts an application may say. */
export interface AdapterOptions {
  /** Where `wsgi.errors` goes: what the application reports, and its errors. @default process.stderr */
  readonly errors?: ErrorStream;
  /** Other processes run the same application at the same time, as under `node:cluster`. @default false */
  readonly multiprocess?: boolean;
}

/** What a transport says of one request. */
export interface RequestFacts {
  readonly method: string;
  /** As in a request line: a path, an absolute URL or `*`. */
  readonly target: string;
  /** `"HTTP/1.1"` and the like. */
  readonly protocol: string;
  readonly scheme: "http" | "https";
  /** What replaces the Host header, where the transport knows better. */
  readonly host?: string;
  readonly serverName: string;
  readonly serverPort: string;
  readonly remoteAddress: string | undefined;
  /** Names and values in turn. */
  readonly fields: readonly string[];
  readonly input: InputStream;
  readonly client: ClientConnection;
}

const WSGI_VERSION = [1, 0] as const;

export function makeEnviron(facts: RequestFacts, options: AdapterOptions): Environ {
  const target = splitTarget(facts.target);
  const environ: Environ = {
    REQUEST_METHOD: facts.method,
    SCRIPT_NAME: "",
    PATH_INFO: target.path,
    QUERY_STRING: target.query,
    SERVER_NAME: facts.serverName,
    SERVER_PORT: facts.serverPort,
    SERVER_PROTOCOL: facts.protocol,
    "wsgi.version": WSGI_VERSION,
    "wsgi.url_scheme": facts.scheme,
    "wsgi.input": facts.input,
    "wsgi.input_terminated": true,
    "wsgi.errors": options.errors ?? process.stderr,
    "wsgi.multithread": false,
    "wsgi.multiprocess": options.multiprocess ?? false,
    "wsgi.run_once": false,
    "wsgi.file_wrapper": fileWrapper,
    "minorswing.client": facts.client,
  };
  if (facts.remoteAddress !== undefined) environ.REMOTE_ADDR = facts.remoteAddress;
  addHeaders(environ, facts.fields);
  const host = target.host ?? facts.host;
  if (host !== undefined) environ.HTTP_HOST = host;
  return environ;
}

interface Target {
  /** Percent-decoded, bytes as latin-1. */
  readonly path: string;
  readonly query: string;
  /** The authority of an absolute-form target; it replaces the Host header. */
  readonly host: string | undefined;
}

function splitTarget(target: string): Target {
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target);
  const host = absolute?.[1];
  const local = absolute?.[2] ?? target;
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  return {
    // What comes out must not begin with two slashes: as a redirect it would name a host.
    path: unquoteToLatin1(path.replace(host === undefined ? /^\/{2,}/ : /^\/*/, "/")),
    query: mark < 0 ? "" : local.slice(mark + 1),
    host,
  };
}

function addHeaders(environ: Environ, fields: readonly string[]): void {
  for (let index = 0; index < fields.length; index += 2) {
    const key = environKey(fields[index] ?? "");
    if (key === undefined) continue;
    const value = fields[index + 1] ?? "";
    const before = environ[key];
    const separator = key === "HTTP_COOKIE" ? "; " : ", ";
    environ[key] = typeof before === "string" ? `${before}${separator}${value}` : value;
  }
}

/** Keys of names that were seen before. Bounded, since clients choose the names. */
const keys = new Map<string, string>();

function environKey(name: string): string | undefined {
  const known = keys.get(name);
  if (known !== undefined) return known;
  // `Some_Header` would be indistinguishable from `Some-Header`: a way to spoof it.
  if (name.includes("_")) return undefined;
  const upper = name.toUpperCase().replaceAll("-", "_");
  const key =
    upper === "CONTENT_TYPE" || upper === "CONTENT_LENGTH" ? upper : (`HTTP_${upper}` as const);
  if (keys.size < 1000 && name.length < 64) keys.set(name, key);
  return key;
}
