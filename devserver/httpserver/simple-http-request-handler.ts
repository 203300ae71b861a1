/**
 * Serves the files of a folder.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`SimpleHTTPRequestHandler`).
 * Differs from Python: ranges, ETag, charset of text, no way out of the folder through a link.
 */
import { randomUUID } from "node:crypto";
import { open, readdir, realpath, stat, type FileHandle } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { BaseHTTPRequestHandler } from "./base-http-request-handler.ts";
import {
  type ByteRange,
  fileValidators,
  isNotModified,
  type Validators,
  wantedRanges,
} from "./conditional.ts";
import { formatListing, type ListedEntry } from "./directory-listing.ts";
import { guessType } from "./file-types.ts";
import { translatePath } from "./translate-path.ts";

/** One file that is about to be sent. */
interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly type: string;
  readonly modifiedMs: number;
  readonly validators: Validators;
}

/**
 * Answers GET and HEAD. For another folder than the current one: `SimpleHTTPRequestHandler.withDirectory(folder)`.
 * May be overridden: the static members, `guessType`, `listDirectory`, and what `BaseHTTPRequestHandler` names.
 */
export class SimpleHTTPRequestHandler extends BaseHTTPRequestHandler {
  declare ["constructor"]: Pick<
    typeof SimpleHTTPRequestHandler,
    keyof typeof SimpleHTTPRequestHandler
  >;
  static override readonly serverVersion: string = "SimpleHTTP/0.1";
  /** The folder that is served. */
  static readonly directory: string = process.cwd();
  /** Files that stand for their folder, in this order. */
  static readonly indexPages: readonly string[] = ["index.html", "index.htm"];
  /** Whether a symbolic link may lead out of the folder. */
  static readonly followOutside: boolean = false;

  /** A handler class for another folder. */
  static withDirectory(directory: string): typeof SimpleHTTPRequestHandler {
    return class extends this {
      static override readonly directory: string = resolve(directory);
    };
  }

  async doGET(): Promise<void> {
    const target = translatePath(this.path);
    const path = target && (await this.#locate(target.names));
    if (target === undefined || path === undefined) return await this.#notFound();
    const status = await stat(path);
    if (!status.isDirectory()) {
      return target.trailingSlash ? await this.#notFound() : await this.#sendPath(path);
    }
    if (!target.trailingSlash) return await this.#redirectToSlash();
    for (const page of this.constructor.indexPages) {
      const index = await this.#locate([...target.names, page]);
      if (index !== undefined && (await stat(index)).isFile()) return await this.#sendPath(index);
    }
    return await this.#sendListing(path, target.names);
  }

  async doHEAD(): Promise<void> {
    await this.doGET();
  }

  /** The media type of a file, without parameters. */
  guessType(name: string): string {
    return guessType(name);
  }

  /** What a folder holds. Override to hide files. */
  async listDirectory(path: string): Promise<ListedEntry[]> {
    const entries = await readdir(path, { withFileTypes: true });
    return await Promise.all(
      entries.map(async (entry) => ({
        name: entry.name,
        isDirectory: entry.isSymbolicLink()
          ? await stat(join(path, entry.name)).then(
              (found) => found.isDirectory(),
              () => false,
            )
          : entry.isDirectory(),
        isSymbolicLink: entry.isSymbolicLink(),
      })),
    );
  }

  /** The real path of a file below the folder; `undefined` when there is none, or when a link leads out. */
  async #locate(names: readonly string[]): Promise<string | undefined> {
    const { directory, followOutside } = this.constructor;
    try {
      const root = await realpath(directory);
      const path = await realpath(join(root, ...names));
      const inside = path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
      return inside || followOutside ? path : undefined;
    } catch {
      // No such file, no permission, too many links: nothing that this client can have.
      return undefined;
    }
  }

  async #notFound(): Promise<void> {
    await this.sendError(404, "File not found");
  }

  /** 301 to the same URL with a slash after its path; the query stays. */
  async #redirectToSlash(): Promise<void> {
    const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(this.path) ?? [];
    this.sendResponse(301);
    this.sendHeader("Location", `${path}/${rest}`);
    this.sendHeader("Content-Length", "0");
    await this.endHeaders();
  }

  async #sendListing(path: string, names: readonly string[]): Promise<void> {
    let entries: ListedEntry[];
    try {
      entries = await this.listDirectory(path);
    } catch {
      return await this.sendError(404, "No permission to list directory");
    }
    const shown = names.length === 0 ? "/" : `/${names.join("/")}/`;
    const page = formatListing(shown, entries);
    this.sendResponse(200);
    this.sendHeader("Content-Type", "text/html; charset=utf-8");
    this.sendHeader("Content-Length", String(page.byteLength));
    await this.endHeaders();
    if (this.command !== "HEAD") await this.wfile.write(page);
  }

  /** Opens first and looks at what was opened, so that nothing can change in between. */
  async #sendPath(path: string): Promise<void> {
    let handle: FileHandle;
    try {
      handle = await open(path);
    } catch {
      return await this.#notFound();
    }
    await using opened = handle;
    const { size, mtimeMs } = await opened.stat();
    const type = this.guessType(path);
    await this.#sendFile({
      handle: opened,
      size,
      type: /^text\/|\/(?:javascript|json)$/.test(type) ? `${type}; charset=utf-8` : type,
      modifiedMs: mtimeMs,
      validators: fileValidators(size, mtimeMs),
    });
  }

  async #sendFile(file: OpenFile): Promise<void> {
    const { headers } = this;
    const conditions = {
      ifNoneMatch: headers.get("If-None-Match"),
      ifModifiedSince: headers.get("If-Modified-Since"),
    };
    if (isNotModified(conditions, file.validators)) {
      this.sendResponse(304);
      this.#sendValidators(file);
      return await this.endHeaders();
    }
    const range = { range: headers.get("Range"), ifRange: headers.get("If-Range") };
    const ranges = wantedRanges(range, file.size, file.validators);
    if (ranges === undefined) return await this.#sendWhole(file);
    if (ranges === "unsatisfiable") return await this.#sendUnsatisfiable(file);
    const [first, ...others] = ranges;
    if (first === undefined) return await this.#sendWhole(file);
    return others.length === 0
      ? await this.#sendPart(file, first)
      : await this.#sendParts(file, ranges);
  }

  #sendValidators(file: OpenFile): void {
    this.sendHeader("Last-Modified", this.dateTimeString(file.modifiedMs));
    this.sendHeader("ETag", file.validators.etag);
  }

  async #sendWhole(file: OpenFile): Promise<void> {
    this.sendResponse(200);
    this.sendHeader("Content-Type", file.type);
    this.sendHeader("Content-Length", String(file.size));
    this.sendHeader("Accept-Ranges", "bytes");
    this.#sendValidators(file);
    await this.endHeaders();
    await this.#copy(file, { start: 0, end: file.size - 1 });
  }

  async #sendUnsatisfiable(file: OpenFile): Promise<void> {
    this.sendResponse(416);
    this.sendHeader("Content-Range", `bytes */${file.size}`);
    this.sendHeader("Content-Length", "0");
    await this.endHeaders();
  }

  async #sendPart(file: OpenFile, range: ByteRange): Promise<void> {
    this.sendResponse(206);
    this.sendHeader("Content-Type", file.type);
    this.sendHeader("Content-Range", contentRange(range, file.size));
    this.sendHeader("Content-Length", String(range.end - range.start + 1));
    this.#sendValidators(file);
    await this.endHeaders();
    await this.#copy(file, range);
  }

  /** RFC 9110 section 15.3.7.2: each part with its own headers, between boundaries. */
  async #sendParts(file: OpenFile, ranges: readonly ByteRange[]): Promise<void> {
    const boundary = randomUUID();
    const heads = ranges.map((range) =>
      Buffer.from(
        `\r\n--${boundary}\r\nContent-Type: ${file.type}\r\nContent-Range: ${contentRange(range, file.size)}\r\n\r\n`,
        "latin1",
      ),
    );
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`, "latin1");
    const bytes = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
    const length = heads.reduce((sum, head) => sum + head.length, bytes + tail.length);
    this.sendResponse(206);
    this.sendHeader("Content-Type", `multipart/byteranges; boundary=${boundary}`);
    this.sendHeader("Content-Length", String(length));
    this.#sendValidators(file);
    await this.endHeaders();
    if (this.command === "HEAD") return;
    for (const [index, range] of ranges.entries()) {
      await this.wfile.write(heads[index] ?? tail);
      await this.#copy(file, range);
    }
    await this.wfile.write(tail);
  }

  /** Streams a part of the file. One that got shorter meanwhile ends the connection: its length was promised. */
  async #copy(file: OpenFile, { start, end }: ByteRange): Promise<void> {
    if (this.command === "HEAD" || end < start) return;
    let left = end - start + 1;
    const chunks: AsyncIterable<Buffer> = file.handle.createReadStream({
      start,
      end,
      autoClose: false,
    });
    for await (const chunk of chunks) {
      left -= chunk.length;
      await this.wfile.write(chunk);
    }
    if (left > 0) this.closeConnection = true;
  }
}

function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}
