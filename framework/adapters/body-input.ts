/**
 * `wsgi.input` over pieces as they arrive.
 *
 * Layer 8 (adapters). Units: bytes. It ends where the pieces end. Errors: those of the pieces, which is
 * `ClientDisconnected` when the client leaves in the middle.
 */
import { toBuffer } from "../utils/to-buffer.ts";
import type { Chunk, InputStream } from "../wsgi.ts";

/** A request body as its transport has it. */
export interface PieceSource {
  /** The next piece; `undefined` at the end. */
  next(): Promise<Chunk | undefined>;
}

const EMPTY: Buffer = Buffer.alloc(0);
const LINE_FEED = 0x0a;

export class BodyInput implements InputStream {
  readonly #source: PieceSource;
  #rest: Buffer = EMPTY;
  #hasEnded = false;

  constructor(source: PieceSource) {
    this.#source = source;
  }

  async read(size: number = Number.POSITIVE_INFINITY): Promise<Chunk> {
    return await this.#collect(size, false);
  }

  async readline(size: number = Number.POSITIVE_INFINITY): Promise<Chunk> {
    return await this.#collect(size, true);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    while (await this.#fill()) yield this.#take(this.#rest.length);
  }

  async #collect(size: number, isLine: boolean): Promise<Chunk> {
    const pieces: Buffer[] = [];
    let missing = size;
    while (missing > 0 && (await this.#fill())) {
      const lineFeed = isLine ? this.#rest.indexOf(LINE_FEED) : -1;
      const piece = this.#take(lineFeed < 0 ? missing : Math.min(missing, lineFeed + 1));
      missing -= piece.length;
      pieces.push(piece);
      if (isLine && piece.at(-1) === LINE_FEED) break;
    }
    return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  }

  /** Waits until there is something; false at the end. */
  async #fill(): Promise<boolean> {
    while (this.#rest.length === 0 && !this.#hasEnded) {
      const piece = await this.#source.next();
      if (piece === undefined) this.#hasEnded = true;
      else this.#rest = toBuffer(piece);
    }
    return this.#rest.length > 0;
  }

  #take(size: number): Buffer {
    const taken = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }
}
