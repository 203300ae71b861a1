/**
 * `toFetchHandler(application)`: a WSGI application as a function from `Request` to `Response`, for whatever has a
 * `fetch` handler.
 *
 * Layer 8 (adapters). Uses nothing of `node:http`. Source: PEP 3333; the Fetch standard.
 * Errors: the promise rejects with `ClientDisconnected` when the client leaves before there is a head.
 * What a `Request` does not say: its version is taken for HTTP/1.1, and its URL, being absolute, is the host.
 */
import { whenReady } from "../utils/maybe-promise.ts";
import type { Environ, WSGIApplication } from "../wsgi.ts";
import { BodyInput } from "./body-input.ts";
import { Client, type Departure } from "./client.ts";
import { type AdapterOptions, makeEnviron } from "./environ.ts";
import { FetchBody } from "./fetch-body.ts";
import { FetchOutlet } from "./fetch-outlet.ts";
import { WSGICall } from "./wsgi-call.ts";

export type FetchHandler = (request: Request) => Promise<Response>;

export interface FetchHandlerOptions extends AdapterOptions {
  /** The client's address, which a `Request` does not hold but whoever made it may know. @default no REMOTE_ADDR */
  readonly remoteAddress?: (request: Request) => string | undefined;
}

/**
 * Node's `Request` hears of an abort through a weak reference only: while nobody holds it, it can be collected together
 * with all that waits for its signal, and the client's leaving would go unnoticed.
 */
const underway = new Set<Request>();

/** `const handler = toFetchHandler(application); const response = await handler(new Request(url))`. */
export function toFetchHandler(
  application: WSGIApplication,
  options: FetchHandlerOptions = {},
): FetchHandler {
  return (request) => {
    const client = new Client(departureOf(request));
    const body = new FetchBody(request, client);
    const outlet = new FetchOutlet(client);
    underway.add(request);
    const environ = environOf(request, body, client, options);
    void whenReady(new WSGICall(environ, client, outlet).run(application), () => {
      underway.delete(request);
      client.release();
      body.release();
    });
    return outlet.response;
  };
}

function environOf(
  request: Request,
  body: FetchBody,
  client: Client,
  options: FetchHandlerOptions,
): Environ {
  const url = new URL(request.url);
  const scheme = url.protocol === "https:" ? "https" : "http";
  const facts = {
    method: request.method,
    target: url.pathname + url.search,
    protocol: "HTTP/1.1",
    scheme,
    host: url.host,
    serverName: url.hostname,
    serverPort: url.port || (scheme === "https" ? "443" : "80"),
    remoteAddress: options.remoteAddress?.(request),
    fields: [...request.headers].flat(),
    input: new BodyInput(body),
    client,
  } as const;
  return makeEnviron(facts, options);
}

function departureOf(request: Request): Departure {
  return {
    get hasHappened() {
      return request.signal.aborted;
    },
    listen(listener) {
      const { signal } = request;
      signal.addEventListener("abort", listener, { once: true });
      return { [Symbol.dispose]: () => signal.removeEventListener("abort", listener) };
    },
  };
}
