/**
 * An answer as a `Response`.
 *
 * Layer 8 (adapters). A body that is known whole is bytes; any other is a stream that asks the application for its
 * next chunk when its reader asks for one, never before.
 */
import type { Chunk } from "../wsgi.ts";
import type { Client } from "./client.ts";
import type { ResponseHead } from "./response-head.ts";
import { orGone } from "./until-gone.ts";
import type { Outlet } from "./wsgi-call.ts";

type Controller = ReadableStreamDefaultController<Uint8Array>;

export class FetchOutlet implements Outlet {
  readonly #client: Client;
  readonly #response: PromiseWithResolvers<Response> = Promise.withResolvers<Response>();
  #controller: Controller | undefined;
  #isWanted = false;
  #demand: PromiseWithResolvers<void> | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Settles as soon as the head is there; rejects when the client leaves before, or the application's body breaks. */
  get response(): Promise<Response> {
    return this.#response.promise;
  }

  begin(head: ResponseHead, piece: Chunk, isWhole: boolean): void | Promise<void> {
    this.#client.checkPresence();
    const body = isWhole ? bytesOf(piece) : this.#open(piece);
    const init = { status: head.status, statusText: head.reason, headers: headersOf(head) };
    this.#response.resolve(new Response(body, init));
    return isWhole ? undefined : this.#wanted();
  }

  write(piece: Chunk): void | Promise<void> {
    this.#client.checkPresence();
    // Before, since enqueue() may ask for the next one at once.
    this.#isWanted = false;
    this.#controller?.enqueue(piece);
    return this.#isWanted ? undefined : this.#wanted();
  }

  finish(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }

  breakOff(error: unknown): void {
    this.#response.reject(error);
    this.#controller?.error(error);
    this.#controller = undefined;
  }

  #open(piece: Chunk): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          if (piece.byteLength > 0) controller.enqueue(piece);
        },
        pull: () => {
          this.#isWanted = true;
          this.#demand?.resolve();
          this.#demand = undefined;
        },
        cancel: () => {
          this.#controller = undefined;
          this.#client.leave();
        },
      },
      { highWaterMark: 0 },
    );
  }

  #wanted(): Promise<void> {
    this.#demand ??= Promise.withResolvers();
    const wanted = orGone(this.#demand.promise, this.#client);
    // Whoever does not wait learns of it from the next write; it must not end the process.
    wanted.catch(() => undefined);
    return wanted;
  }
}

/** `null` where there is nothing: a null body status allows no other. */
function bytesOf(piece: Chunk): Uint8Array<ArrayBuffer> | null {
  return piece.byteLength === 0 ? null : new Uint8Array(piece);
}

function headersOf(head: ResponseHead): Headers {
  const headers = new Headers();
  for (const [name, value] of head.headers) headers.append(name, value);
  return headers;
}
