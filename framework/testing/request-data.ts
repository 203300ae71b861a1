/**
 * What a test sends, as the body of a request.
 *
 * Layer 8 (testing). Pure. Errors: `TypeError` for values that cannot be sent, with Django's texts.
 * Source: Django test/client.py (`encode_multipart`, `encode_file`, `_encode_json`), utils/http.py (`urlencode`);
 * RFC 7578; the HTML standard, for names and file names in multipart bodies.
 * Differs from Django: an object that is put, patched or deleted is JSON unless the content type says otherwise.
 */
import { charsetOf, encodeText } from "../http/charset.ts";
import { guessType } from "../http/file-types.ts";
import { parseHeaderParameters } from "../http/header-parameters.ts";
import { UploadedFile } from "../http/uploads/uploaded-file.ts";
import { describeValue } from "../utils/describe.ts";
import { quotePlus } from "../utils/quote.ts";
import { Payload, type PayloadPart } from "./payload.ts";

export const BOUNDARY = "BoUnDaRyStRiNg";
export const MULTIPART_CONTENT: string = `multipart/form-data; boundary=${BOUNDARY}`;

const OCTETS = "application/octet-stream";
const URLENCODED = "application/x-www-form-urlencoded";

/** The value of a field; `UploadedFile` and `File` are files with a name, a `Blob` gets that of its field. */
export type FieldValue = string | number | bigint | boolean | Blob | UploadedFile;

/** A field with several values is sent as often as it has values. */
export type Fields = Readonly<Record<string, FieldValue | readonly FieldValue[]>>;

/**
 * Text and bytes are sent as they are, `FormData` as multipart, `URLSearchParams` urlencoded; an object or array is
 * a form or JSON, as the content type says.
 */
export type RequestData = string | Uint8Array | Blob | FormData | URLSearchParams | Fields | object;

export interface EncodedData {
  readonly payload: Payload;
  readonly contentType: string;
}

/** `contentType` is what the test says, if it does. */
export function encodeData(
  method: string,
  data: RequestData | undefined,
  contentType: string | undefined,
): EncodedData {
  const type = contentType ?? defaultType(method, data);
  // A form without fields is still a form; any other request without data has no body.
  const isForm = method === "POST" && type.startsWith("multipart/form-data");
  const parts = data === undefined && !isForm ? [] : partsOf(data ?? {}, type);
  return { payload: new Payload(parts), contentType: withBoundary(type) };
}

function defaultType(method: string, data: RequestData | undefined): string {
  if (data === undefined) return method === "POST" ? MULTIPART_CONTENT : OCTETS;
  if (data instanceof FormData) return MULTIPART_CONTENT;
  if (data instanceof URLSearchParams) return URLENCODED;
  if (data instanceof Blob) return data.type || OCTETS;
  if (typeof data === "string" || data instanceof Uint8Array) return OCTETS;
  return method === "POST" ? MULTIPART_CONTENT : "application/json";
}

function partsOf(data: RequestData, type: string): readonly PayloadPart[] {
  if (typeof data === "string") return [encodeText(data, charsetOf(type))];
  if (data instanceof Uint8Array || data instanceof Blob) return [data];
  if (type.startsWith("multipart/form-data"))
    return multipartParts(pairsOf(data), boundaryOf(type));
  if (type.startsWith(URLENCODED)) return [Buffer.from(encodeQuery(data, "as POST data"))];
  if (/^application\/(?:[^;\s]+\+)?json\b/.test(type)) return [Buffer.from(JSON.stringify(data))];
  throw new TypeError(
    `${describeValue(data)} cannot be sent as ${type}: pass text or bytes, or another contentType.`,
  );
}

function withBoundary(type: string): string {
  return /^multipart\/form-data\s*$/.test(type) ? MULTIPART_CONTENT : type;
}

function boundaryOf(type: string): string {
  return parseHeaderParameters(type).params.get("boundary") ?? BOUNDARY;
}

/** The parts of a multipart body, its last delimiter included. Text is UTF-8. */
function multipartParts(
  pairs: Iterable<readonly [name: string, value: unknown]>,
  boundary: string,
): PayloadPart[] {
  const parts: PayloadPart[] = [];
  for (const [name, value] of pairs) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (isFile(value)) {
      const { fileName, type } = describeFile(name, value);
      const head = `${disposition}; filename="${escapeName(fileName)}"\r\nContent-Type: ${type}\r\n\r\n`;
      parts.push(Buffer.from(head), value, Buffer.from("\r\n"));
    } else {
      parts.push(Buffer.from(`${disposition}\r\n\r\n${textOf(name, value, "as POST data")}\r\n`));
    }
  }
  return [...parts, Buffer.from(`--${boundary}--\r\n`)];
}

/** `a=1&b=2&b=3`. `where` is for messages. */
export function encodeQuery(data: object, where: string = "in a query string"): string {
  return [...pairsOf(data)]
    .map(([name, value]) => `${quotePlus(name)}=${quotePlus(textOf(name, value, where))}`)
    .join("&");
}

/** Names and single values. What iterates over pairs (`FormData`, `URLSearchParams`, a `Map`) gives those. */
function* pairsOf(data: object): Generator<readonly [name: string, value: unknown]> {
  const entries: Iterable<readonly [string, unknown]> = isPairs(data) ? data : Object.entries(data);
  for (const [name, value] of entries) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of values) yield [name, each];
  }
}

function isPairs(data: object): data is Iterable<readonly [string, unknown]> {
  return Symbol.iterator in data && !Array.isArray(data);
}

function textOf(name: string, value: unknown, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return String(value);
  if (value === undefined || value === null)
    throw new TypeError(
      `Cannot encode ${String(value)} for key '${name}' ${where}. Did you mean to pass an empty string or omit the value?`,
    );
  throw new TypeError(
    `Cannot encode ${describeValue(value)} for key '${name}' ${where}: a value is a text, a number, a boolean or a file.`,
  );
}

function isFile(value: unknown): value is Blob | UploadedFile {
  return value instanceof Blob || value instanceof UploadedFile;
}

function describeFile(
  field: string,
  file: Blob | UploadedFile,
): { fileName: string; type: string } {
  const fileName = "name" in file && typeof file.name === "string" ? file.name : "";
  const type = file instanceof Blob ? file.type : file.contentType;
  return {
    fileName: fileName || field,
    type: type || (fileName === "" ? OCTETS : guessType(fileName)),
  };
}

/** The HTML standard's way to put a name between quotes. */
function escapeName(name: string): string {
  return name.replaceAll(/["\r\n]/g, (character) => encodeURIComponent(character));
}
