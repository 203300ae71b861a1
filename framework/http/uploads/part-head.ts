/**
 * What the headers say: of the request (the boundary) and of one part of its body (name, file name, types).
 *
 * Layer 2 (http). Pure. Units: bytes. Errors: `MultiPartParserError`.
 * Source: RFC 7578 section 4, RFC 2046 section 5.1.1; Django http/multipartparser.py.
 * Differs from Django: a part that says no name is an error, not skipped, since what it holds would silently be lost.
 */
import { BadRequest } from "../../exceptions.ts";
import { type HeaderParameters, parseHeaderParameters } from "../header-parameters.ts";
import { MultiPartParserError } from "./multipart-error.ts";
import type { PartHeaders } from "./multipart-tokens.ts";

/** The most all headers of one part may need. */
const MAX_TOTAL_HEADER_SIZE = 1024;

export interface PartHead {
  readonly name: string;
  /** As the client sends it; `undefined` for a field, also when it is empty, as in a form without a chosen file. */
  readonly fileName: string | undefined;
  readonly contentType: string;
  readonly contentTypeExtra: ReadonlyMap<string, string>;
  readonly contentLength: number | undefined;
  /** The content has to be decoded. */
  readonly base64: boolean;
}

/** The boundary of a multipart Content-Type. */
export function parseBoundary(contentType: string): string {
  if (!/^multipart\//i.test(contentType))
    throw new MultiPartParserError(`Invalid Content-Type: ${contentType}`);
  if (/[^\x20-\x7e\t]/.test(contentType))
    throw new MultiPartParserError(`Invalid non-ASCII Content-Type in multipart: ${contentType}`);
  const boundary = parseHeaderParameters(contentType).params.get("boundary");
  if (boundary === undefined || !/^[ -~]{0,200}[!-~]$/.test(boundary))
    throw new MultiPartParserError(`Invalid boundary in multipart: ${boundary ?? "none"}`);
  return boundary;
}

export function parsePartHead(headers: PartHeaders, encoding: string): PartHead {
  checkSize(headers);
  const disposition = headers["content-disposition"] ?? [];
  if (disposition.length > 1)
    throw new MultiPartParserError("A part has two Content-Disposition headers.");
  const { params } = parametersOf(disposition[0], encoding);
  const name = params.get("name");
  if (name === undefined)
    throw new MultiPartParserError("A part has no Content-Disposition header with a name.");
  const type = parametersOf(headers["content-type"]?.at(-1), encoding);
  return {
    name: name.trim(),
    fileName: params.get("filename") || undefined,
    contentType: type.value,
    contentTypeExtra: type.params,
    contentLength: toLength(headers["content-length"]?.at(-1)),
    base64: headers["content-transfer-encoding"]?.at(-1)?.trim().toLowerCase() === "base64",
  };
}

/** `line` is bytes as latin-1; names in it are in the encoding of the form. */
function parametersOf(line: string = "", encoding: string): HeaderParameters {
  try {
    const text = new TextDecoder(encoding).decode(Buffer.from(line, "latin1"));
    return parseHeaderParameters(text);
  } catch (error) {
    if (error instanceof BadRequest) throw new MultiPartParserError(error.message);
    throw error;
  }
}

function checkSize(headers: PartHeaders): void {
  let size = 0;
  for (const [name, values = []] of Object.entries(headers)) {
    // The colon, the space and the line break are four more.
    for (const value of values) size += name.length + value.length + 4;
  }
  if (size > MAX_TOTAL_HEADER_SIZE)
    throw new MultiPartParserError("Request max total header size exceeded.");
}

function toLength(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}
