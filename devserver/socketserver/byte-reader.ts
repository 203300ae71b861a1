/**
 * Reading by size and by line from bytes that arrive in pieces.
 *
 * Layer 1 (socketserver). Units: bytes. Where the pieces come from is the subclass's business.
 */

/** To be provided by a subclass: `buffered`, `take`, `more`. */
export abstract class ByteReader implements AsyncIterable<Buffer> {
  /** What has arrived and was not read yet. Stays valid until the next call. */
  abstract readonly buffered: Buffer;

  /** Takes `size` of the buffered bytes. */
  abstract take(size: number): Buffer;

  /** Waits until more bytes are buffered than now: true. False at the end of the stream. */
  abstract more(): Promise<boolean>;

  /** Exactly `size` bytes, fewer only where the stream ends; without `size`, everything to the end. */
  async read(size: number = Number.POSITIVE_INFINITY): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let missing = size;
    while (missing > 0 && (this.buffered.length > 0 || (await this.more()))) {
      const chunk = this.take(Math.min(missing, this.buffered.length));
      missing -= chunk.length;
      chunks.push(chunk);
    }
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  }

  /** Up to and including the next line feed, at most `limit` bytes. */
  async readline(limit: number = Number.POSITIVE_INFINITY): Promise<Buffer> {
    for (let searched = 0; ;) {
      const index = this.buffered.indexOf(0x0a, searched);
      if (index >= 0) return this.take(Math.min(index + 1, limit));
      searched = this.buffered.length;
      if (searched >= limit || !(await this.more())) return this.take(Math.min(searched, limit));
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    while (this.buffered.length > 0 || (await this.more())) yield this.take(this.buffered.length);
  }
}
