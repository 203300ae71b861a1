/**
 * `toNodeListener(application)`: a WSGI application as a request listener of `node:http` and `node:https`.
 *
 * Layer 8 (adapters). Source: PEP 3333; the `request` event of `http.Server`.
 * What stays node:http's: parsing and its limits, time-outs, `Expect: 100-continue`, keep-alive, pipelining, `Date`.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { whenReady } from "../utils/maybe-promise.ts";
import type { Environ, WSGIApplication } from "../wsgi.ts";
import { BodyInput } from "./body-input.ts";
import { Client, type Departure } from "./client.ts";
import { type AdapterOptions, makeEnviron } from "./environ.ts";
import { NodeBody } from "./node-body.ts";
import { NodeOutlet } from "./node-outlet.ts";
import { WSGICall } from "./wsgi-call.ts";

export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;

/** `createServer(toNodeListener(application)).listen(8000)`. */
export function toNodeListener(
  application: WSGIApplication,
  options: AdapterOptions = {},
): NodeListener {
  return (request, response) => {
    const client = new Client(departureOf(request.socket));
    const body = new NodeBody(request, client);
    const environ = environOf(request, body, client, options);
    const call = new WSGICall(environ, client, new NodeOutlet(response, client));
    void whenReady(call.run(application), () => {
      client.release();
      body.release();
    });
  };
}

function environOf(
  request: IncomingMessage,
  body: NodeBody,
  client: Client,
  options: AdapterOptions,
): Environ {
  const { socket } = request;
  const scheme = "encrypted" in socket && socket.encrypted === true ? "https" : "http";
  const facts = {
    method: request.method ?? "",
    target: request.url ?? "",
    protocol: `HTTP/${request.httpVersion}`,
    scheme,
    serverName: serverName(socket),
    // A Unix socket has no port; a URL without one means the scheme's.
    serverPort: String(socket.localPort ?? (scheme === "https" ? 443 : 80)),
    remoteAddress: socket.remoteAddress,
    fields: request.rawHeaders,
    input: new BodyInput(body),
    client,
  } as const;
  return makeEnviron(facts, options);
}

/** As `WSGIServer` has it: loopback is `localhost`. A Unix socket is local, too. */
function serverName({ localAddress = "::1" }: Socket): string {
  return /^(?:127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/.test(localAddress)
    ? "localhost"
    : localAddress;
}

/** One listener per socket, however many requests wait on it (pipelining). */
const listeners = new WeakMap<Socket, Set<() => void>>();

function departureOf(socket: Socket): Departure {
  return {
    get hasHappened() {
      return socket.destroyed;
    },
    listen(listener) {
      const known = listeners.get(socket) ?? watch(socket);
      known.add(listener);
      return { [Symbol.dispose]: () => void known.delete(listener) };
    },
  };
}

function watch(socket: Socket): Set<() => void> {
  const known = new Set<() => void>();
  listeners.set(socket, known);
  socket.once("close", () => {
    for (const listener of known) listener();
  });
  return known;
}
