/**
 * The last request head of a connection, for clients that send the same one again: programs do, and so do browsers
 * that load the parts of a page.
 *
 * Layer 2 (httpserver). Parsing is pure, so the same bytes give the same head; to compare them costs a tenth. Only the
 * connections that asked last have something here: what idles for long holds nothing.
 */
import { type Framing, frameRequest } from "./framing.ts";
import type { HTTPLimits } from "./limits.ts";
import { parseRequestLine, type RequestHead } from "./request-head.ts";

/** Longer heads are parsed each time. In bytes. */
const LONGEST = 4096;
const MOST_MEMOS = 256;

/** Whoever came to hold something last is last in here. */
const holders = new Set<HeadMemo>();

export class HeadMemo {
  /** What an upper layer has made of the fields; gone when they are. */
  derived: Readonly<Record<string, unknown>> | undefined;
  #head: RequestHead | undefined;
  #text = "";
  /** Everything after the request line, the empty line included. */
  #fieldsText = "";
  #framing: Framing | undefined;

  /** The head at the start of `bytes`, if it is the last one again, or has the same fields. */
  recall(bytes: Buffer, limits: HTTPLimits): RequestHead | undefined {
    if (this.#head === undefined) return undefined;
    const text = bytes.toString("latin1", 0, Math.min(bytes.length, LONGEST));
    return text.startsWith(this.#text) ? this.#head : this.#recallFields(text, this.#head, limits);
  }

  /** Keeps a head that was just parsed from the start of `bytes`. */
  keep(bytes: Buffer, head: RequestHead): void {
    if (this.#head !== undefined) this.forget();
    if (head.size > LONGEST || head.fields.length === 0) return;
    const text = bytes.toString("latin1", 0, head.size);
    // Empty lines before it are not part of it.
    if (!text.startsWith(head.requestLine)) return;
    this.#text = text;
    this.#fieldsText = text.slice(head.requestLine.length);
    this.#head = head;
    holders.add(this);
    if (holders.size <= MOST_MEMOS) return;
    const [oldest] = holders;
    oldest?.forget();
  }

  /** Whether the head's fields are those that `derived` was made of. */
  holds(fields: readonly string[]): boolean {
    return this.#head?.fields === fields;
  }

  /** As `frameRequest`, worked out once for the same fields. */
  frame(head: RequestHead): Framing {
    const isHeld = this.holds(head.fields) && this.#head?.version === head.version;
    if (isHeld && this.#framing !== undefined) return this.#framing;
    const framing = frameRequest(head);
    if (isHeld) this.#framing = framing;
    return framing;
  }

  forget(): void {
    holders.delete(this);
    this.derived = undefined;
    this.#head = undefined;
    this.#text = "";
    this.#fieldsText = "";
    this.#framing = undefined;
  }

  #recallFields(text: string, last: RequestHead, limits: HTTPLimits): RequestHead | undefined {
    const end = text.indexOf("\r\n");
    const size = end + this.#fieldsText.length;
    if (end <= 0 || end > limits.maxRequestLine || size > limits.maxHead) return undefined;
    if (!text.startsWith(this.#fieldsText, end)) return undefined;
    const requestLine = text.slice(0, end);
    try {
      const line = parseRequestLine(requestLine);
      if (line.version !== last.version) return undefined;
      return { ...line, requestLine, fields: last.fields, size };
    } catch {
      // Whoever parses it as a whole says what is wrong with it.
      return undefined;
    }
  }
}
