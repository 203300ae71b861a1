/**
 * A response with the script at its end, if it is a page that can have one.
 *
 * Layer 4 (livereload). Pure. At the end, since nothing has to be looked for then: a page that is sent piece by piece is
 * sent as before. Browsers take what follows `</html>` as part of the body.
 */
import type { Body, Chunk, HeaderList, StartResponse, Write } from "../../framework/wsgi.ts";
import { scriptPermission } from "./content-security-policy.ts";
import { markEntityTag } from "./entity-tags.ts";
import { scriptTag } from "./page-script.ts";

export interface PageContext {
  /** The site's, when the request came. */
  readonly state: string;
  readonly method: string;
  /** Of the page: `https://localhost:8000`. */
  readonly origin: string;
  /** The request named an entity tag of a page with a script. */
  readonly hasMarkedTag: boolean;
}

/** Between the application and the server, for one request. */
export class PageResponse {
  readonly #context: PageContext;
  readonly #startResponse: StartResponse;
  #isStarted = false;
  #tag: Buffer | undefined;

  constructor(context: PageContext, startResponse: StartResponse) {
    this.#context = context;
    this.#startResponse = startResponse;
  }

  readonly startResponse: StartResponse = (status, headers, error): Write => {
    const { origin, state, method, hasMarkedTag } = this.#context;
    const permission = canHaveScript(status, headers)
      ? scriptPermission(headers, origin)
      : undefined;
    this.#isStarted = true;
    // What was done must not be done again; what went wrong was not done.
    const once = method !== "GET" && /^[23]/.test(status);
    this.#tag = permission && scriptTag({ state, nonce: permission.nonce, once });
    const { byteLength } = this.#tag ?? {};
    if (byteLength !== undefined)
      return this.#startResponse(status, pageHeaders(headers, byteLength, state), error);
    // What did not change is the page that the browser has, with its script.
    const isSame = hasMarkedTag && status.startsWith("304");
    return this.#startResponse(status, isSame ? markTags(headers, state) : headers, error);
  };

  /** The application's body, and the script behind it. */
  extend(body: Body): Body {
    const tag = this.#tag;
    if (this.#isStarted && tag === undefined) return body;
    // One piece stays one, so that the server still knows its length.
    if (tag !== undefined && Array.isArray(body) && !("close" in body))
      return body.length === 1 ? [Buffer.concat([...body, tag])] : [...body, tag];
    const pieces = Symbol.asyncIterator in body ? this.#extendAsync(body) : this.#extendSync(body);
    return Object.assign(pieces, { close: () => body.close?.() });
  }

  /** An application may call `startResponse` as late as in its first piece, so the script is asked for last. */
  *#extendSync(body: Iterable<Chunk>): Generator<Chunk> {
    yield* body;
    if (this.#tag !== undefined) yield this.#tag;
  }

  async *#extendAsync(body: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    yield* body;
    if (this.#tag !== undefined) yield this.#tag;
  }
}

/** A part of a page, and a digest of it, would be wrong with more at the end. */
const FORBIDDEN = new Set(["content-range", "content-digest", "repr-digest", "digest"]);

function canHaveScript(status: string, headers: HeaderList): boolean {
  if (/^(?:1|204|205|206|304)/.test(status)) return false;
  let isHtml = false;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === "content-type") isHtml = isAsciiHtml(value);
    if (key === "content-encoding" && value.toLowerCase() !== "identity") return false;
    if (key === "content-disposition" && /^\s*attachment/i.test(value)) return false;
    if (FORBIDDEN.has(key)) return false;
  }
  return isHtml;
}

/** The tag is ASCII, and so it is in every charset but these. */
function isAsciiHtml(contentType: string): boolean {
  return (
    /^\s*text\/html\s*(?:;|$)/i.test(contentType) && !/charset="?utf-?(?:16|32)/i.test(contentType)
  );
}

/** Longer by the script; of the validators only the entity tag can say so. */
function pageHeaders(headers: HeaderList, added: number, state: string): HeaderList {
  return markTags(headers, state)
    .filter(([name]) => !/^(?:last-modified|accept-ranges)$/i.test(name))
    .map(([name, value]) =>
      name.toLowerCase() === "content-length" && /^\d+$/.test(value)
        ? [name, String(Number(value) + added)]
        : [name, value],
    );
}

function markTags(headers: HeaderList, state: string): HeaderList {
  return headers.map(([name, value]) =>
    name.toLowerCase() === "etag" ? [name, markEntityTag(value, state)] : [name, value],
  );
}
