/**
 * Server-sent events: `eventStream(source)` is a streaming response that a browser's `EventSource` reads.
 *
 * Layer 2 (http). Units: milliseconds. Errors: `TypeError` for a field that would break its line.
 * Source: HTML standard, section "Server-sent events". Django has no counterpart.
 */
import { SUPPLY_DONE, type SourceOf, type Supply, supplyOf } from "./piece-supply.ts";
import type { ResponseOptions } from "./response.ts";
import { StreamingHttpResponse } from "./streaming-response.ts";

/** One event; without `data` the browser shows it to nobody, but keeps `id` and `retry`. */
export interface ServerSentEvent {
  /** Its type. @default "message", in the browser */
  readonly event?: string;
  readonly data?: string;
  /** What the browser sends as `Last-Event-ID` when it comes back. */
  readonly id?: string;
  /** How long the browser waits before it comes back, in milliseconds. */
  readonly retry?: number;
  /** Ignored by the browser. */
  readonly comment?: string;
}

export interface EventStreamOptions extends Omit<ResponseOptions, "contentType" | "charset"> {
  /** After so long without an event a comment is sent, so that nobody on the way gives up; 0 for never. @default 15_000 */
  readonly heartbeat?: number;
}

/** `source` gives events; a string is the data of one. It is closed as that of any `StreamingHttpResponse`. */
export function eventStream(
  source: SourceOf<ServerSentEvent | string>,
  options: EventStreamOptions = {},
): StreamingHttpResponse {
  const { heartbeat = 15_000, ...rest } = options;
  const response = new StreamingHttpResponse(new EventPieces(supplyOf(source), heartbeat), rest);
  response.headers
    .set("Content-Type", "text/event-stream")
    .setDefault("Cache-Control", "no-cache")
    // nginx collects responses unless it is told not to.
    .setDefault("X-Accel-Buffering", "no");
  return response;
}

/** An event as lines and the empty line that ends it. */
export function formatEvent(event: ServerSentEvent | string): string {
  if (typeof event === "string") return `${lines("data: ", event)}\n`;
  const { comment, event: type, id, retry, data } = event;
  const text =
    (comment === undefined ? "" : lines(": ", comment)) +
    (type === undefined ? "" : oneLine("event", type)) +
    (id === undefined ? "" : oneLine("id", id)) +
    (retry === undefined ? "" : oneLine("retry", checkRetry(retry))) +
    (data === undefined ? "" : lines("data: ", data));
  return `${text}\n`;
}

/** CR, LF and CRLF all end a line, so each line of the text gets a field of its own. */
function lines(prefix: string, text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `${prefix}${line}\n`)
    .join("");
}

function oneLine(field: string, value: string): string {
  // A browser ignores an id with a NUL in it.
  if (/[\r\n\0]/.test(value)) {
    throw new TypeError(
      `the ${field} of an event is one line without NUL; found ${JSON.stringify(value)}`,
    );
  }
  return `${field}: ${value}\n`;
}

function checkRetry(retry: number): string {
  if (!Number.isSafeInteger(retry) || retry < 0)
    throw new TypeError(`the retry of an event is in whole milliseconds; found ${retry}`);
  return String(retry);
}

/** An empty comment: nothing for the browser, a sign of life for everybody on the way. */
const HEARTBEAT: IteratorResult<string, undefined> = { done: false, value: ":\n\n" };

type Event = ServerSentEvent | string;

/**
 * The events of a supply as text, with heartbeats while there are none. Starts with a heartbeat: the browser counts
 * the connection as open when the headers are there, and those leave with the first piece.
 */
class EventPieces implements AsyncIterableIterator<string, undefined> {
  readonly #supply: Supply<Event>;
  readonly #interval: number;
  #hasStarted = false;
  #hasEnded = false;
  #isAsking = false;
  /** An event that came while nobody waited for it. */
  #arrived: Promise<IteratorResult<Event, unknown>> | undefined;
  #wake: ((result: MaybeLater) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(supply: Supply<Event>, interval: number) {
    this.#supply = supply;
    this.#interval = interval;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string, undefined>> {
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      return Promise.resolve(HEARTBEAT);
    }
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived !== undefined) return arrived.then((result) => this.#format(result));
    const { promise, resolve } = Promise.withResolvers<IteratorResult<string, undefined>>();
    this.#wake = resolve;
    if (this.#interval > 0) this.#timer = setTimeout(() => this.#beat(), this.#interval).unref();
    if (!this.#isAsking) this.#ask();
    return promise;
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    this.#wakeUp(SUPPLY_DONE);
    if (!this.#hasEnded) await this.#supply.stop();
    return SUPPLY_DONE;
  }

  close(): unknown {
    return this.#supply.release();
  }

  /** One question at a time: a heartbeat leaves the one that is asked already standing. */
  #ask(): void {
    this.#isAsking = true;
    const coming = (async () => await this.#supply.next())();
    const onSettled = (): void => {
      this.#isAsking = false;
      if (this.#wake === undefined) this.#arrived = coming;
      else this.#wakeUp(coming.then((result) => this.#format(result)));
    };
    coming.then(onSettled, () => {
      this.#hasEnded = true;
      onSettled();
    });
  }

  #beat(): void {
    this.#wakeUp(HEARTBEAT);
  }

  #wakeUp(result: MaybeLater): void {
    clearTimeout(this.#timer);
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.(result);
  }

  #format(result: IteratorResult<Event, unknown>): IteratorResult<string, undefined> {
    if (result.done !== true) return { done: false, value: formatEvent(result.value) };
    this.#hasEnded = true;
    return SUPPLY_DONE;
  }
}

type MaybeLater =
  | IteratorResult<string, undefined>
  | PromiseLike<IteratorResult<string, undefined>>;
