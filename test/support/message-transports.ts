/**
 * What the message contract runs over: our server, node:http, and a fetch handler that is called directly.
 * Texts are latin-1, one character per byte.
 */
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { toFetchHandler } from "../../framework/adapters/fetch-handler.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";
import { type ParsedResponse, parseResponse } from "./http-responses.ts";
import { NodeServer } from "./node-servers.ts";
import { RawClient } from "./raw-client.ts";
import { serveWSGI } from "./wsgi-servers.ts";

export type TransportName = "WSGIServer" | "node:http" | "fetch";

/** A request, as little as possible of it. */
export interface Message {
  readonly method?: string;
  /** As in a request line. */
  readonly target?: string;
  /** `Host` is `testserver` unless it is here. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** A text goes with its Content-Length, pieces go without. */
  readonly body?: string | readonly string[];
  /** The body does not end. */
  readonly isOpen?: boolean;
}

export interface MessageAnswer {
  readonly status: number;
  readonly reason: string;
  /** By name in lower case, without Set-Cookie. */
  readonly headers: ReadonlyMap<string, string>;
  readonly cookies: readonly string[];
  readonly body: string;
  /** It ended before it was whole. */
  readonly isBroken: boolean;
}

/** A request on its way. Disposing it leaves, too. */
export interface Visit extends AsyncDisposable {
  leave(): void;
}

/** An application, being served. */
export interface Served extends AsyncDisposable {
  /** What was written to `wsgi.errors`. */
  readonly reported: readonly string[];
  send(message: Message): Promise<MessageAnswer>;
  begin(message: Message): Promise<Visit>;
}

export type Transport = (application: WSGIApplication) => Promise<Served>;

export const TRANSPORTS: Readonly<Record<TransportName, Transport>> = {
  WSGIServer: async (application) => {
    const server = await serveWSGI(application);
    return overWire(server.port, server.reported, () => server[Symbol.asyncDispose]());
  },
  "node:http": async (application) => {
    const server = await NodeServer.start(application);
    return overWire(server.port, server.reported, () => server[Symbol.asyncDispose]());
  },
  fetch: async (application) => {
    const reported: string[] = [];
    const errors = { write: (text: string) => void reported.push(text) };
    const remoteAddress = (): string => "127.0.0.1";
    return byFetch(toFetchHandler(application, { errors, remoteAddress }), reported);
  },
};

function overWire(
  port: number,
  reported: readonly string[],
  close: () => PromiseLike<void>,
): Served {
  return {
    reported,
    send: async (message) => {
      await using client = await RawClient.connect(port);
      client.send(onTheWire(message));
      await once(client.socket, "close");
      return parse(client.received, message.method);
    },
    begin: async (message) => {
      const client = await RawClient.connect(port);
      client.send(onTheWire(message));
      return {
        leave: () => client.reset(),
        [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
      };
    },
    [Symbol.asyncDispose]: close,
  };
}

function onTheWire(message: Message): string {
  const { method = "GET", target = "/", body = "" } = message;
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${hostOf(message)}`, "Connection: close"];
  for (const [name, value] of message.headers ?? [])
    if (name !== "Host") lines.push(`${name}: ${value}`);
  const isChunked = typeof body !== "string";
  if (isChunked) lines.push("Transfer-Encoding: chunked");
  else if (body !== "") lines.push(`Content-Length: ${body.length}`);
  const content = isChunked
    ? `${body.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join("")}${message.isOpen ? "" : "0\r\n\r\n"}`
    : body;
  return `${lines.join("\r\n")}\r\n\r\n${content}`;
}

function hostOf(message: Message): string {
  return message.headers?.find(([name]) => name === "Host")?.[1] ?? "testserver";
}

function parse(text: string, method: string = "GET"): MessageAnswer {
  try {
    return toAnswer(parseResponse(text, method), false);
  } catch {
    // Not whole: what there is of it. Ends its chunks, or takes their length from what is there.
    const [head = "", ...rest] = text.split("\r\n\r\n");
    const body = rest.join("\r\n\r\n");
    if (!/^HTTP\/1\.1 \d{3} /.test(head)) throw new Error(`no answer: ${JSON.stringify(text)}`);
    const isChunked = /\r\ntransfer-encoding: chunked/i.test(head);
    const whole = isChunked
      ? `${text}0\r\n\r\n`
      : `${head.replace(/(?<=\r\ncontent-length: )\d+/i, String(body.length))}\r\n\r\n${body}`;
    return toAnswer(parseResponse(whole, method), true);
  }
}

function toAnswer(response: ParsedResponse, isBroken: boolean): MessageAnswer {
  const headers = new Map(response.headers);
  const cookies = headers.get("set-cookie")?.split("\n") ?? [];
  headers.delete("set-cookie");
  const reason = response.statusLine.slice("HTTP/1.1 200 ".length);
  const { status, body } = response;
  return { status, reason, headers, cookies, body, isBroken };
}

function byFetch(handler: ReturnType<typeof toFetchHandler>, reported: readonly string[]): Served {
  return {
    reported,
    send: async (message) => await received(await handler(toRequest(message))),
    begin: async (message) => {
      const controller = new AbortController();
      const reading = handler(toRequest(message, controller.signal)).then(received);
      const done = reading.catch(() => undefined);
      const leave = (): void => controller.abort();
      return {
        leave,
        [Symbol.asyncDispose]: async () => {
          leave();
          await done;
        },
      };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function toRequest(message: Message, signal?: AbortSignal): Request {
  const { method = "GET", target = "/", body = "" } = message;
  const url = target.startsWith("/") ? `http://${hostOf(message)}${target}` : target;
  const headers = new Headers();
  for (const [name, value] of message.headers ?? [])
    if (name !== "Host") headers.append(name, value);
  const init: RequestInit = { method, headers, signal: signal ?? null };
  if (typeof body !== "string") {
    return new Request(url, { ...init, body: streamOf(body, message.isOpen), duplex: "half" });
  }
  if (body === "") return new Request(url, init);
  headers.set("Content-Length", String(body.length));
  const content = Buffer.from(body, "latin1");
  const request = new Request(url, { ...init, body: content });
  // What Request guesses is no part of the message.
  if (!(message.headers ?? []).some(([name]) => name.toLowerCase() === "content-type"))
    request.headers.delete("Content-Type");
  return request;
}

function streamOf(pieces: readonly string[], isOpen: boolean = false): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(Buffer.from(piece, "latin1"));
      else if (isOpen) await Promise.withResolvers().promise;
      else controller.close();
    },
  });
}

async function received(response: Response): Promise<MessageAnswer> {
  const headers = new Map(response.headers);
  headers.delete("set-cookie");
  const chunks: Uint8Array[] = [];
  let isBroken = false;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      // As a socket does it: a reader that is always ready would leave no room for anything else.
      await nextTurn();
    }
  } catch {
    isBroken = true;
  }
  return {
    status: response.status,
    reason: response.statusText,
    headers,
    cookies: response.headers.getSetCookie(),
    body: Buffer.concat(chunks).toString("latin1"),
    isBroken,
  };
}
