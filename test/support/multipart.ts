/**
 * Multipart bodies for tests, written and read, and folders that have to be empty in the end.
 */
import { readdir } from "node:fs/promises";
import type { HttpRequest, RequestOptions } from "../../framework/http/request.ts";
import type { UploadedFile } from "../../framework/http/uploads/uploaded-file.ts";
import type { InputStream } from "../../framework/wsgi.ts";
import { TemporaryFolder } from "./projects.ts";
import { makeRequest, type RequestSketch } from "./wsgi.ts";

export const BOUNDARY = "bOuNdArY";

/** One part: its header lines and its content, latin-1. */
export function part(headers: readonly string[], content: string): string {
  return `${headers.join("\r\n")}\r\n\r\n${content}`;
}

export function field(name: string, content: string): string {
  return part([`Content-Disposition: form-data; name="${name}"`], content);
}

export function file(name: string, fileName: string, content: string, type?: string): string {
  const disposition = `Content-Disposition: form-data; name="${name}"; filename="${fileName}"`;
  return part(type === undefined ? [disposition] : [disposition, `Content-Type: ${type}`], content);
}

/** A whole body, latin-1. */
export function multipart(...parts: readonly string[]): Buffer {
  const whole = parts.map((text) => `--${BOUNDARY}\r\n${text}\r\n`).join("");
  return Buffer.from(`${whole}--${BOUNDARY}--\r\n`, "latin1");
}

/** A file of four bytes, a field, and a file of two. */
export const TWO_FILES: Buffer = multipart(
  file("f", "a.txt", "AAAA"),
  field("n", "1"),
  file("g", "b.txt", "BB"),
);

/** No file is kept in memory. */
export const ON_DISK = { fileUploadMaxMemorySize: 0 } as const;

/** A POST of `pieces`; a Content-Length is announced unless it says otherwise. */
export function uploadOf(
  pieces: readonly Uint8Array[],
  options: Partial<RequestOptions> = {},
  sketch: RequestSketch = {},
): HttpRequest {
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const environ = {
    CONTENT_TYPE: `multipart/form-data; boundary=${BOUNDARY}`,
    CONTENT_LENGTH: String(length),
    ...sketch.environ,
  };
  return makeRequest({ method: "POST", body: pieces, ...sketch, environ }, options);
}

/** A body that is made while it is read; its pieces come one by one. */
export function streamed(
  pieces: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): InputStream {
  const refused = (): Promise<never> =>
    Promise.reject(new Error("this stream can only be iterated"));
  return {
    read: refused,
    readline: refused,
    async *[Symbol.asyncIterator]() {
      yield* pieces();
    },
  };
}

/** A POST of such a body, of unknown length. */
export function streamedUpload(
  pieces: Parameters<typeof streamed>[0],
  options: Partial<RequestOptions> = {},
): HttpRequest {
  const environ = { "wsgi.input": streamed(pieces), CONTENT_LENGTH: undefined };
  return uploadOf([], options, { environ });
}

/** A file as a value. */
export interface ReadFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** Everything a form says: fields with all their values, and files with what is in them (latin-1). */
export async function formOf(
  request: HttpRequest,
): Promise<{ fields: Record<string, string[]>; files: ReadFile[] }> {
  const fields = Object.fromEntries((await request.POST).lists());
  const files: ReadFile[] = [];
  for (const [name, list] of (await request.FILES).lists()) {
    for (const found of list) files.push(await readFile(name, found));
  }
  return { fields, files };
}

async function readFile(fieldName: string, found: UploadedFile): Promise<ReadFile> {
  const content = (await found.read()).toString("latin1");
  return { field: fieldName, name: found.name, type: found.contentType, content };
}

/** A folder for temporary files; `using` removes it. */
export class UploadFolder extends TemporaryFolder {
  /** The names of the files in it. */
  async files(): Promise<string[]> {
    return await readdir(this.path);
  }
}
