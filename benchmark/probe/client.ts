/**
 * Raw HTTP clients on loopback: cheap enough to be a thousand, and free to behave badly.
 * Sizes in bytes, times in milliseconds.
 */
import { once } from "node:events";
import net, { type Socket } from "node:net";

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function connect(port: number): Promise<Socket> {
  const socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  // Clients here are cut off, and cut off themselves; what counts is what the server does.
  socket.on("error", () => undefined);
  return socket;
}

export function requestHead(method: string, path: string, ...lines: readonly string[]): string {
  return `${[`${method} ${path} HTTP/1.1`, "Host: 127.0.0.1", ...lines].join("\r\n")}\r\n\r\n`;
}

/** How long an honest client waits for `/`, from its connect to the end of the answer. */
export async function honestRequest(port: number): Promise<number> {
  const start = performance.now();
  const socket = await connect(port);
  socket.write(requestHead("GET", "/", "Connection: close"));
  const answer = await readAll(socket);
  if (!answer.startsWith("HTTP/1.1 200 ")) throw new Error(`an honest client got ${answer}`);
  return performance.now() - start;
}

/** Honest clients, one every `interval`, until it is disposed; `times` are theirs. */
export class HonestClients implements AsyncDisposable {
  readonly times: number[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #pending: Set<Promise<void>> = new Set();

  constructor(port: number, interval: number) {
    this.#timer = setInterval(() => {
      const request = this.#ask(port);
      this.#pending.add(request);
      void request.finally(() => this.#pending.delete(request));
    }, interval);
  }

  async #ask(port: number): Promise<void> {
    this.times.push(await honestRequest(port));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
  }
}

/** Everything up to the server's FIN. */
export async function readAll(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (piece) => (text += String(piece)));
  await once(socket, "close");
  return text;
}

/** Reads an answer of `Connection: close` and counts it; nothing is kept. */
export async function download(port: number, path: string): Promise<number> {
  let bytes = 0;
  const socket = net.connect({
    port,
    host: "127.0.0.1",
    onread: {
      buffer: Buffer.allocUnsafe(262_144),
      callback: (count) => {
        bytes += count;
        return true;
      },
    },
  });
  socket.write(requestHead("GET", path, "Connection: close"));
  await once(socket, "close");
  return bytes;
}

/** What stands around the content of a body, such as the head and the end of a form with one file. */
export interface Wrapping {
  readonly contentType: string;
  readonly before: string;
  readonly after: string;
}

const NOTHING: Wrapping = { contentType: "application/octet-stream", before: "", after: "" };

/** A form with one file, as browsers send it. */
export const FORM: Wrapping = {
  contentType: "multipart/form-data; boundary=probe",
  before:
    '--probe\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n' +
    "Content-Type: application/octet-stream\r\n\r\n",
  after: "\r\n--probe--\r\n",
};

/** Sends `size` bytes of content no faster than the server takes them; the answer. */
export async function upload(
  port: number,
  path: string,
  size: number,
  { contentType, before, after }: Wrapping = NOTHING,
): Promise<string> {
  const piece = Buffer.alloc(65_536, "x");
  const socket = await connect(port);
  const answer = readAll(socket);
  const length = before.length + size + after.length;
  const lines = [`Content-Type: ${contentType}`, `Content-Length: ${length}`, "Connection: close"];
  socket.write(requestHead("POST", path, ...lines) + before);
  for (let left = size; left > 0 && !socket.destroyed; left -= piece.length) {
    const isRoom = socket.write(piece.subarray(0, Math.min(left, piece.length)));
    if (!isRoom) await Promise.race([once(socket, "drain"), answer]);
  }
  if (!socket.destroyed) socket.write(after);
  return await answer;
}

/** How much of an endless upload the server has taken, its system's buffers included, after `milliseconds`. */
export async function uploadFor(port: number, path: string, milliseconds: number): Promise<number> {
  const piece = Buffer.alloc(65_536, "x");
  const socket = await connect(port);
  socket.write(requestHead("POST", path, `Content-Length: ${2 ** 40}`));
  const fill = (): void => {
    while (socket.write(piece));
  };
  socket.on("drain", fill);
  fill();
  await sleep(milliseconds);
  const taken = socket.bytesWritten - socket.writableLength;
  socket.resetAndDestroy();
  return taken;
}

/** Asks, and reads until `bytes` have come; then reads no more. */
export async function readSome(port: number, path: string, bytes: number): Promise<Socket> {
  const socket = await connect(port);
  socket.write(requestHead("GET", path));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let received = 0;
  socket.once("close", () => reject(new Error(`${path} ended after ${received} bytes`)));
  socket.on("data", (piece) => {
    received += piece.length;
    if (received < bytes) return;
    socket.pause();
    resolve();
  });
  await promise;
  return socket;
}
