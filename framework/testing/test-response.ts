/**
 * What a client got: the response as a browser sees it, and what only a test can see.
 *
 * Layer 8 (testing). Errors: `TypeError` for a body that was not read, or that is no JSON.
 * Source: Django test/client.py (`Client.request`, `_parse_json`).
 * Differs from Django: `headers` is a `Headers`; `context` is one object, the contexts one by one are `contexts`; the
 * environ that the client made is `request`, and the request that the view got `wsgiRequest`.
 */
import { charsetOf, decodeBytes } from "../http/charset.ts";
import { hasContent } from "../http/content-length.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import type { ResolverMatch } from "../urls/resolver-match.ts";
import type { Chunk, Environ } from "../wsgi.ts";
import { type Answer, chunksOf } from "./call.ts";
import type { ClientCookie } from "./cookie-jar.ts";
import type { Observation } from "./observation.ts";
import type { ClientSendOptions } from "./request-environ.ts";
import type { RequestMethods } from "./request-methods.ts";

/** Where a redirect led, and its status. */
export type RedirectStep = readonly [url: string, status: number];

/** As much of a client as a response has to know. */
export type ResponseClient = RequestMethods<ClientSendOptions, Promise<TestResponse>>;

export interface Exchange {
  readonly client: ResponseClient;
  readonly environ: Environ;
  readonly answer: Answer;
  readonly observation: Observation;
  /** By name, those that this response sets. */
  readonly cookies: ReadonlyMap<string, ClientCookie>;
}

export class TestResponse implements AsyncIterable<Chunk> {
  /** Who asked. */
  readonly client: ResponseClient;
  readonly status: number;
  /** The words after the status. */
  readonly reason: string;
  readonly headers: Headers = new Headers();
  /** The cookies that this response sets, also those that it deletes. */
  readonly cookies: ReadonlyMap<string, ClientCookie>;
  /** Whether the body is made while it is sent. Iterate over the response, or `await response.read()`. */
  readonly streaming: boolean;
  /** The request as it was sent. */
  readonly request: Environ;
  /** The request that the view got; `undefined` where none was made. */
  readonly wsgiRequest: HttpRequest | undefined;
  /** The response that the site made, as an object. */
  readonly wsgiResponse: HttpResponseBase | undefined;
  /** The names of the templates that were rendered, in that order. */
  readonly templates: readonly string[];
  /** What they were rendered with, one for each. */
  readonly contexts: readonly Readonly<Record<string, unknown>>[];
  /** What a view or middleware threw; see `raiseRequestException`. */
  readonly exceptionInfo: unknown;
  /** Every step to here, when redirects were followed. */
  redirectChain: readonly RedirectStep[] = [];
  readonly #answer: Answer;
  #content: Buffer | undefined;
  #isTaken = false;

  constructor({ client, environ, answer, observation, cookies }: Exchange) {
    this.client = client;
    this.status = answer.status;
    this.reason = answer.reason;
    for (const [name, value] of answer.headers) this.headers.append(name, value);
    this.cookies = cookies;
    this.streaming = observation.response?.streaming ?? !Array.isArray(answer.body);
    this.request = environ;
    this.wsgiRequest = observation.request;
    this.wsgiResponse = observation.response;
    this.templates = observation.templates;
    this.contexts = observation.contexts;
    this.exceptionInfo = observation.exception?.error;
    this.#answer = answer;
  }

  /** All contexts as one; where they disagree, the one that was rendered first counts. */
  get context(): Readonly<Record<string, unknown>> {
    return Object.assign({}, ...this.contexts.toReversed());
  }

  /** Which URL pattern matched. */
  get resolverMatch(): ResolverMatch | undefined {
    return this.wsgiRequest?.resolverMatch;
  }

  /** The body. Throws for a streaming response that was not read. */
  get content(): Buffer {
    if (this.#content !== undefined) return this.#content;
    throw new TypeError(
      "This response streams, so its content is not there yet: `await response.read()`, or iterate over it.",
    );
  }

  /** The body as text. */
  get text(): string {
    return decodeBytes(this.content, charsetOf(this.headers.get("Content-Type") ?? undefined));
  }

  /** The body as JSON. `T` is what you expect it to be: nothing is checked. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as `request.json<T>()` has it
  json<T = unknown>(): T {
    const type = this.headers.get("Content-Type") ?? "";
    if (!/^application\/(?:[^;\s]+\+)?json\b/i.test(type))
      throw new TypeError(`Content-Type header is "${type}", not "application/json"`);
    return JSON.parse(this.text);
  }

  /** Reads the whole body, whether it streams or not, and closes it. */
  async read(): Promise<Buffer> {
    if (this.#content === undefined) {
      const chunks: Chunk[] = [];
      for await (const chunk of this) chunks.push(chunk);
      this.#content = Buffer.concat(chunks);
    }
    return this.#content;
  }

  /** The body in chunks as the application makes them; once. Who stops early closes the response. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    if (this.#content !== undefined) {
      yield this.#content;
      return;
    }
    if (this.#isTaken) throw new TypeError("The body of this response was read already.");
    this.#isTaken = true;
    // What servers cut off, so that a test does not see it (RFC 9110 sections 6.4.1 and 15).
    const isSent = this.request.REQUEST_METHOD !== "HEAD" && hasContent(this.status);
    for await (const chunk of chunksOf(this.#answer)) if (isSent) yield chunk;
  }

  /** Gives up the rest of a body. For a streaming response that is not read to its end. */
  async close(): Promise<void> {
    if (this.#content !== undefined || this.#isTaken) return;
    this.#isTaken = true;
    await this.#answer.body.close?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
