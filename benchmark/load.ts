/**
 * A load generator that costs less than what it measures: keep-alive connections that send one request after
 * another and count the answers by their length, which is taken from the first one.
 *
 * Why not autocannon: it parses every answer in JavaScript and needs more time for one than a bare server does, so
 * with two cores all it measures is itself, and every ratio comes out near 1.
 */
import { connect, type Socket } from "node:net";

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
}

/** Answers per second. Throws when an answer is no 200, or is not as long as the first one. */
export async function load({ port, connections, seconds }: LoadOptions): Promise<number> {
  const request = Buffer.from(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`, "latin1");
  const clients = Array.from({ length: connections }, () => new Client(port, request));
  await Promise.all(clients.map((client) => client.connected));
  const started = performance.now();
  for (const client of clients) client.start();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const elapsed = (performance.now() - started) / 1000;
  let answers = 0;
  for (const client of clients) answers += client.stop();
  return answers / elapsed;
}

class Client {
  readonly connected: Promise<void>;
  readonly #socket: Socket;
  readonly #request: Buffer;
  #answers = 0;
  #length = 0;
  #received = 0;
  #failure: Error | undefined;

  constructor(port: number, request: Buffer) {
    this.#request = request;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.connected = new Promise((resolve, reject) => {
      this.#socket.once("connect", resolve);
      this.#socket.once("error", reject);
    });
    this.#socket.on("data", (chunk: Buffer) => this.#onData(chunk));
    this.#socket.on("close", () => this.#fail("the server closed the connection"));
  }

  start(): void {
    this.#socket.write(this.#request);
  }

  /** The number of answers; throws when something was wrong with one. */
  stop(): number {
    this.#socket.removeAllListeners("close");
    this.#socket.destroy();
    if (this.#failure !== undefined) throw this.#failure;
    return this.#answers;
  }

  #onData(chunk: Buffer): void {
    if (this.#received === 0) this.#checkStart(chunk);
    if (this.#length === 0) this.#length = answerLength(chunk);
    this.#received += chunk.length;
    if (this.#received < this.#length) return;
    if (this.#received > this.#length) this.#fail("an answer is longer than the first one");
    this.#received = 0;
    this.#answers += 1;
    this.#socket.write(this.#request);
  }

  #checkStart(chunk: Buffer): void {
    if (chunk.toString("latin1", 9, 13) !== "200 ")
      this.#fail(`not a 200: ${chunk.toString("latin1", 0, 40)}`);
  }

  #fail(reason: string): void {
    this.#failure ??= new Error(reason);
    this.#socket.destroy();
  }
}

function answerLength(answer: Buffer): number {
  const text = answer.toString("latin1");
  const length = /^content-length: (\d+)\r$/im.exec(text)?.[1];
  if (length === undefined) throw new Error(`an answer without Content-Length:\n${text}`);
  return text.indexOf("\r\n\r\n") + 4 + Number(length);
}
