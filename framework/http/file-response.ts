/**
 * A file as a response: whole, in parts, or not at all when the client has it already.
 *
 * Layer 2 (http). Units: bytes. Source: Django http/response.py (`FileResponse`); RFC 9110 sections 13 and 14.
 * Errors: the constructor throws what `node:fs` says about a path (`code` "ENOENT" for one that does not exist).
 * What goes wrong later, when the file is opened, is answered like an error of the view.
 * Differs from Django: a path is a source, and is opened only when the response is sent, so that a view that fails
 * after it made its response leaves nothing open; validators, conditions and byte ranges; reads from the
 * beginning of a file, wherever its position is.
 *
 * The request comes in through `bodyFor`, after all middleware: what they did to status and headers counts, and
 * a middleware that replaced the content (compression) has switched ranges off. Conditions and ranges are looked
 * at for a GET (HEAD: conditions) that would be answered 200.
 */
import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { formatHttpDate } from "../utils/dates.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import type { Body, Environ } from "../wsgi.ts";
import type { BodySource, PieceSource } from "./body-source.ts";
import {
  type ByteRange,
  contentRange,
  lengthOf,
  multipartSegments,
  type Segment,
  wantedRanges,
} from "./byte-ranges.ts";
import {
  checkConditions,
  conditionsOf,
  fileValidators,
  matchesIfRange,
  validatorsOf,
} from "./conditional.ts";
import { contentDispositionHeader } from "./content-disposition.ts";
import { BLOCK_SIZE, BytesContent, DiskContent, FileBody, fileLike } from "./file-content.ts";
import { guessType } from "./file-types.ts";
import { reasonPhrase, type ResponseOptions } from "./response.ts";
import { StreamingHttpResponse } from "./streaming-response.ts";

/** A path (or `file:` URL), an open file, bytes, or anything that a `StreamingHttpResponse` takes. */
export type FileSource = string | URL | FileHandle | Uint8Array | PieceSource;

export interface FileResponseOptions extends ResponseOptions {
  /** Whether the browser saves the file instead of showing it. @default false */
  readonly asAttachment?: boolean;
  /** What the file is called; only its last part counts. @default the name of the path, where there is one */
  readonly filename?: string;
}

/** What a 304 does not repeat (RFC 9110 section 15.4.5), and what does not describe an error. */
const REPRESENTATION_HEADERS = [
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Encoding",
  "Content-Language",
  "Content-Length",
  "Content-Type",
];

/** Closes what a response owned that was dropped without being sent, say because the view failed after making it. */
const dropped = new FinalizationRegistry<() => unknown>((close) => void close());

/** Takes over what it is given: a handle or a stream is closed with the response, in every outcome. */
export class FileResponse extends StreamingHttpResponse {
  /** `undefined` for a stream: its length is unknown, and it has no parts. */
  readonly #body: FileBody | undefined;
  readonly #original: BodySource;
  #etag: string | undefined;
  #lastModified: string | undefined;

  constructor(file: FileSource, options: FileResponseOptions = {}) {
    const { asAttachment = false, filename, ...rest } = options;
    const name = basename(filename ?? nameOf(file));
    const source = openSource(file);
    super(source, withGuessedType(rest, name));
    this.#original = this.streamingContent;
    this.#body = source instanceof FileBody ? source : undefined;
    const disposition = contentDispositionHeader(asAttachment, name);
    if (disposition !== undefined) this.headers.setDefault("Content-Disposition", disposition);
    if (this.#body !== undefined) {
      this.#describe(this.#body);
      this.headers.setDefault("Accept-Ranges", "bytes");
    }
    const owned = ownedBy(file);
    if (owned === undefined) return;
    dropped.register(this, owned, this);
    this.onClose(() => void dropped.unregister(this));
  }

  override bodyFor(environ: Environ): Body | Promise<Body> {
    const body = this.#body;
    if (body === undefined || this.streamingContent !== this.#original)
      return super.bodyFor(environ);
    return whenReady(body.content.open(), () => this.#settle(body, environ));
  }

  #settle(body: FileBody, environ: Environ): Body | Promise<Body> {
    this.#describe(body);
    const { REQUEST_METHOD: method } = environ;
    if (this.status === 200 && (method === "GET" || method === "HEAD")) {
      const verdict = checkConditions(method, conditionsOf(environ), validatorsOf(this.headers));
      if (verdict !== undefined) return this.#refuse(body, verdict);
      const ranges = method === "GET" ? this.#ranges(body, environ) : undefined;
      if (ranges === "unsatisfiable") return this.#refuseRange(body);
      if (ranges !== undefined) return this.#sendParts(body, ranges);
    }
    return this.#sendWhole(body, environ);
  }

  /** Length and validators of the content. What the view or a middleware set or removed stays as it is. */
  #describe({ content }: FileBody): void {
    const { headers } = this;
    headers.set("Content-Length", content.size);
    if (content.modifiedMs === undefined) return;
    const { etag, modified } = fileValidators(content.size, content.modifiedMs, Date.now());
    const lastModified = formatHttpDate(modified);
    if (headers.get("ETag") === this.#etag) headers.set("ETag", etag);
    if (headers.get("Last-Modified") === this.#lastModified)
      headers.set("Last-Modified", lastModified);
    this.#etag = etag;
    this.#lastModified = lastModified;
  }

  #ranges(body: FileBody, environ: Environ): ReturnType<typeof wantedRanges> {
    const { HTTP_RANGE: range, HTTP_IF_RANGE: ifRange } = environ;
    if (this.headers.get("Accept-Ranges") !== "bytes") return undefined;
    if (ifRange !== undefined && !matchesIfRange(ifRange, validatorsOf(this.headers)))
      return undefined;
    return wantedRanges(range, body.content.size);
  }

  #sendWhole(body: FileBody, environ: Environ): Body | Promise<Body> {
    const wrapper = environ["wsgi.file_wrapper"];
    if (wrapper === undefined || !(body.content instanceof DiskContent))
      return super.bodyFor(environ);
    return wrapper(
      fileLike(body.content, () => this.close()),
      BLOCK_SIZE,
    );
  }

  #sendParts(body: FileBody, ranges: readonly ByteRange[]): Body {
    const { size } = body.content;
    const [first, ...others] = ranges;
    this.#setStatus(206);
    if (first !== undefined && others.length === 0) {
      this.headers.set("Content-Range", contentRange(first, size));
      return this.#send(body, ranges);
    }
    const boundary = randomUUID();
    const type = this.headers.get("Content-Type") ?? "application/octet-stream";
    this.headers.set("Content-Type", `multipart/byteranges; boundary=${boundary}`);
    return this.#send(body, multipartSegments(ranges, size, type, boundary));
  }

  #refuseRange(body: FileBody): Body {
    const refused = this.#refuse(body, 416);
    this.headers.set("Content-Range", `bytes */${body.content.size}`);
    return refused;
  }

  /** An answer without the content; only the 304 still says which version it speaks of. */
  #refuse(body: FileBody, status: 304 | 412 | 416): Body {
    const { headers } = this;
    this.#setStatus(status);
    for (const name of REPRESENTATION_HEADERS) headers.delete(name);
    if (status === 304) return this.#send(body, []);
    headers.delete("ETag");
    headers.delete("Last-Modified");
    headers.set("Content-Type", "text/html; charset=utf-8").set("Content-Length", 0);
    return this.#send(body, []);
  }

  #setStatus(status: number): void {
    this.status = status;
    this.reason = reasonPhrase(status);
  }

  #send(body: FileBody, segments: readonly Segment[]): Body {
    body.segments = segments;
    if (this.status !== 304) this.headers.set("Content-Length", lengthOf(segments));
    return this;
  }
}

function nameOf(file: FileSource): string {
  if (typeof file === "string") return file;
  if (file instanceof URL) return fileURLToPath(file);
  // A stream of `createReadStream` knows its path.
  return "path" in file && typeof file.path === "string" ? file.path : "";
}

function openSource(file: FileSource): FileBody | PieceSource {
  if (typeof file === "string") return new FileBody(DiskContent.at(file));
  if (file instanceof URL) return new FileBody(DiskContent.at(fileURLToPath(file)));
  if (file instanceof Uint8Array) return new FileBody(new BytesContent(file));
  if (!isFileHandle(file)) return file;
  const content = DiskContent.of(file);
  return content === undefined ? file.createReadStream() : new FileBody(content);
}

function isFileHandle(file: object): file is FileHandle {
  return "fd" in file && "createReadStream" in file && "stat" in file;
}

/** How to close what the response took over, without a reference to the response. */
function ownedBy(file: FileSource): (() => unknown) | undefined {
  if (typeof file === "string" || file instanceof URL || file instanceof Uint8Array)
    return undefined;
  if (isFileHandle(file)) return () => file.close();
  return "destroy" in file && typeof file.destroy === "function"
    ? file.destroy.bind(file)
    : undefined;
}

/** Adds the type that the name suggests, unless the options have one. */
function withGuessedType(options: ResponseOptions, name: string): ResponseOptions {
  if (options.contentType !== undefined) return options;
  const { headers = [] } = options;
  const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  const hasType = pairs.some(([header]) => header.toLowerCase() === "content-type");
  return { ...options, headers: pairs, ...(!hasType && { contentType: guessType(name) }) };
}
