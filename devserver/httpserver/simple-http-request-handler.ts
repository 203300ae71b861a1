/**
 * Serves the files of a folder.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`SimpleHTTPRequestHandler`).
 * Differs from Python: ranges, ETag, charset of text, no way out of the folder through a link; hooks are
 * asynchronous, and what they pass on is a `Content` instead of a file object.
 */
import { randomUUID } from "node:crypto";
import { open, readdir, realpath, stat, type FileHandle } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import type { StreamWriter } from "../socketserver/stream-writer.ts";
import { BaseHTTPRequestHandler } from "./base-http-request-handler.ts";
import {
  type ByteRange,
  fileValidators,
  isNotModified,
  type Validators,
  wantedRanges,
} from "./conditional.ts";
import {
  type Content,
  contentRange,
  multipartContent,
  pageContent,
  rangeContent,
} from "./content.ts";
import { formatListing, type ListedEntry } from "./directory-listing.ts";
import { EXTENSIONS_MAP, guessType } from "./file-types.ts";
import { endsInSlash, translatePath } from "./translate-path.ts";

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
 * May be overridden: the static members, `sendHead`, `translatePath`, `listDirectory`, `readDirectory`, `guessType`,
 * `copyFile`, and what `BaseHTTPRequestHandler` names.
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
  /** Media types by extension (with its dot) that go before those of the `mime` package. */
  static readonly extensionsMap: Readonly<Record<string, string>> = EXTENSIONS_MAP;
  /** Whether a symbolic link may lead out of the folder. */
  static readonly followOutside: boolean = false;

  /** A handler class for another folder. */
  static withDirectory(directory: string): typeof SimpleHTTPRequestHandler {
    return class extends this {
      static override readonly directory: string = resolve(directory);
    };
  }

  /** Sends headers and content. A file that got shorter meanwhile ends the connection: its length was promised. */
  async doGET(): Promise<void> {
    await using content = await this.sendHead();
    if (content === undefined) return;
    const sent = await this.copyFile(content.chunks, this.wfile);
    if (sent < content.length) this.closeConnection = true;
  }

  /** Sends the headers alone. */
  async doHEAD(): Promise<void> {
    await using _content = await this.sendHead();
  }

  /** Sends the headers. Returns what is to follow them; `undefined` when nothing is: an error, a redirect, a 304. */
  async sendHead(): Promise<Content | undefined> {
    const target = this.translatePath(this.path);
    const path = target === undefined ? undefined : await this.#locate(target);
    if (target === undefined || path === undefined) return await this.#notFound();
    const kind = await kindOf(path);
    if (kind !== "folder") {
      const isFile = kind === "file" && !target.endsWith(sep);
      return isFile ? await this.#sendPath(path, target) : await this.#notFound();
    }
    if (!endsInSlash(this.path)) return await this.#redirectToSlash();
    for (const page of this.constructor.indexPages) {
      const index = await this.#locate(join(target, page));
      if (index !== undefined && (await kindOf(index)) === "file")
        return await this.#sendPath(index, page);
    }
    return await this.listDirectory(path);
  }

  /**
   * From a request target to the path of a file, which need not exist; a slash at the end stays. `undefined` for what no
   * file can be called. An override may lead out of the folder: there links are followed anywhere.
   */
  translatePath(target: string): string | undefined {
    const found = translatePath(target);
    if (found === undefined) return undefined;
    const path = join(this.constructor.directory, ...found.names);
    return found.trailingSlash && !path.endsWith(sep) ? path + sep : path;
  }

  /** Sends the headers of a folder's listing and returns the page. */
  async listDirectory(path: string): Promise<Content | undefined> {
    let entries: readonly ListedEntry[];
    try {
      entries = await this.readDirectory(path);
    } catch {
      await this.sendError(404, "No permission to list directory");
      return undefined;
    }
    const names = translatePath(this.path)?.names ?? [];
    const page = formatListing(names.length === 0 ? "/" : `/${names.join("/")}/`, entries);
    this.sendResponse(200);
    this.sendHeader("Content-Type", "text/html; charset=utf-8");
    this.sendHeader("Content-Length", String(page.byteLength));
    await this.endHeaders();
    return pageContent(page);
  }

  /** What a listing shows of a folder. Override to hide files. */
  async readDirectory(path: string): Promise<readonly ListedEntry[]> {
    const entries = await readdir(path, { withFileTypes: true });
    return await Promise.all(
      entries.map(async (entry) => ({
        name: entry.name,
        isDirectory: entry.isSymbolicLink()
          ? (await kindOf(join(path, entry.name))) === "folder"
          : entry.isDirectory(),
        isSymbolicLink: entry.isSymbolicLink(),
      })),
    );
  }

  /** The media type of a file, without parameters. */
  guessType(name: string): string {
    return guessType(name, this.constructor.extensionsMap);
  }

  /** Writes everything of `source` to `target`, no faster than it is taken; returns how many bytes that were. */
  async copyFile(source: Content["chunks"], target: StreamWriter): Promise<number> {
    let copied = 0;
    for await (const chunk of source) {
      copied += chunk.byteLength;
      await target.write(chunk);
    }
    return copied;
  }

  /** The real path of a file; `undefined` when there is none, or when a link leads out of the folder. */
  async #locate(path: string): Promise<string | undefined> {
    const { directory, followOutside } = this.constructor;
    try {
      const found = await realpath(path);
      if (followOutside || !isWithin(resolve(path), resolve(directory))) return found;
      return isWithin(found, await realpath(directory)) ? found : undefined;
    } catch {
      // No such file, no permission, too many links: nothing that this client can have.
      return undefined;
    }
  }

  async #notFound(): Promise<undefined> {
    await this.sendError(404, "File not found");
  }

  /** 301 to the same URL with a slash after its path; the query stays. */
  async #redirectToSlash(): Promise<undefined> {
    const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(this.path) ?? [];
    this.sendResponse(301);
    this.sendHeader("Location", `${path}/${rest}`);
    this.sendHeader("Content-Length", "0");
    await this.endHeaders();
  }

  /** Opens first and looks at what was opened, so that nothing can change in between. `name` is what it was asked for by: a link's own. */
  async #sendPath(path: string, name: string): Promise<Content | undefined> {
    let handle: FileHandle;
    try {
      handle = await open(path);
    } catch {
      return await this.#notFound();
    }
    let content: Content | undefined;
    try {
      const { size, mtimeMs } = await handle.stat();
      const type = this.guessType(name);
      content = await this.#sendFile({
        handle,
        size,
        type: /^text\/|\/(?:javascript|json)$/.test(type) ? `${type}; charset=utf-8` : type,
        modifiedMs: mtimeMs,
        validators: fileValidators(size, mtimeMs),
      });
      return content;
    } finally {
      if (content === undefined) await handle.close();
    }
  }

  async #sendFile(file: OpenFile): Promise<Content | undefined> {
    const { headers } = this;
    const conditions = {
      ifNoneMatch: headers.get("If-None-Match"),
      ifModifiedSince: headers.get("If-Modified-Since"),
    };
    if (isNotModified(conditions, file.validators)) return await this.#sendNotModified(file);
    // RFC 9110 section 14.2: only GET has ranges.
    const range = this.command === "GET" ? headers.get("Range") : undefined;
    const wanted = { range, ifRange: headers.get("If-Range") };
    const ranges = wantedRanges(wanted, file.size, file.validators);
    if (ranges === "unsatisfiable") return await this.#sendUnsatisfiable(file);
    const [first, ...others] = ranges ?? [];
    if (ranges === undefined || first === undefined) return await this.#sendWhole(file);
    return others.length === 0
      ? await this.#sendPart(file, first)
      : await this.#sendParts(file, ranges);
  }

  #sendValidators(file: OpenFile): void {
    this.sendHeader("Last-Modified", this.dateTimeString(file.modifiedMs));
    this.sendHeader("ETag", file.validators.etag);
  }

  async #sendNotModified(file: OpenFile): Promise<undefined> {
    this.sendResponse(304);
    this.#sendValidators(file);
    await this.endHeaders();
  }

  async #sendWhole(file: OpenFile): Promise<Content> {
    this.sendResponse(200);
    this.sendHeader("Content-Type", file.type);
    this.sendHeader("Content-Length", String(file.size));
    this.sendHeader("Accept-Ranges", "bytes");
    this.#sendValidators(file);
    await this.endHeaders();
    return rangeContent(file.handle, { start: 0, end: file.size - 1 });
  }

  async #sendUnsatisfiable(file: OpenFile): Promise<undefined> {
    this.sendResponse(416);
    this.sendHeader("Content-Range", `bytes */${file.size}`);
    this.sendHeader("Content-Length", "0");
    await this.endHeaders();
  }

  async #sendPart(file: OpenFile, range: ByteRange): Promise<Content> {
    const content = rangeContent(file.handle, range);
    this.sendResponse(206);
    this.sendHeader("Content-Type", file.type);
    this.sendHeader("Content-Range", contentRange(range, file.size));
    this.sendHeader("Content-Length", String(content.length));
    this.#sendValidators(file);
    await this.endHeaders();
    return content;
  }

  async #sendParts(file: OpenFile, ranges: readonly ByteRange[]): Promise<Content> {
    const boundary = randomUUID();
    const content = multipartContent(file.handle, ranges, { boundary, ...file });
    this.sendResponse(206);
    this.sendHeader("Content-Type", `multipart/byteranges; boundary=${boundary}`);
    this.sendHeader("Content-Length", String(content.length));
    this.#sendValidators(file);
    await this.endHeaders();
    return content;
  }
}

/** What is at a path, or at the end of its links; `undefined` for nothing, and for what cannot be served (to open a pipe would wait). */
async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return "folder";
  return found?.isFile() ? "file" : undefined;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
