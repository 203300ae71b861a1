/**
 * The body of a `Request`, piece by piece.
 *
 * Layer 8 (adapters). The stream is not touched before the application reads: it may answer without.
 */
import type { Chunk } from "../wsgi.ts";
import type { PieceSource } from "./body-input.ts";
import { type Client, ClientDisconnected } from "./client.ts";
import { orGone } from "./until-gone.ts";

type Reader = ReadableStreamDefaultReader<Uint8Array>;

export class FetchBody implements PieceSource {
  readonly #request: Request;
  readonly #client: Client;
  #reader: Reader | undefined;
  #isReleased = false;

  constructor(request: Request, client: Client) {
    this.#request = request;
    this.#client = client;
  }

  async next(): Promise<Chunk | undefined> {
    if (this.#isReleased) throw new Error("the request body was read after the answer was out");
    this.#client.checkPresence();
    this.#reader ??= this.#request.body?.getReader();
    if (this.#reader === undefined) return undefined;
    const piece = await orGone(read(this.#reader), this.#client);
    if (piece === undefined || piece instanceof Uint8Array) return piece;
    throw new TypeError(`a request body consists of bytes (Uint8Array); found a ${typeof piece}`);
  }

  /** The answer is out. What was begun cannot be read by anybody else, so its source is told to stop. */
  release(): void {
    this.#isReleased = true;
    this.#reader?.cancel().catch(() => undefined);
  }
}

async function read(reader: Reader): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  } catch (cause) {
    throw new ClientDisconnected("the client left in the middle of its request body", { cause });
  }
}
