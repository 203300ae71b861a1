/**
 * Request heads for tests, written and read.
 */
import { HTTPRequestError } from "../../devserver/httpserver/http-error.ts";
import { DEFAULT_LIMITS, type HTTPLimits } from "../../devserver/httpserver/limits.ts";
import { parseRequestHead, type RequestHead } from "../../devserver/httpserver/request-head.ts";

/** The lines of a head, each with its CR LF, and the empty line. */
export function head(...lines: readonly string[]): string {
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** What a server that gets the pieces one after another does: a head, a status, or it still waits. */
export function parseInPieces(
  pieces: readonly Buffer[],
  limits: HTTPLimits = DEFAULT_LIMITS,
): RequestHead | number | undefined {
  let bytes = Buffer.alloc(0);
  try {
    for (const piece of pieces) {
      bytes = Buffer.concat([bytes, piece]);
      const found = parseRequestHead(bytes, limits);
      if (found !== undefined) return found;
    }
    return undefined;
  } catch (error) {
    if (error instanceof HTTPRequestError) return error.status;
    throw error;
  }
}

/** As `parseInPieces`, with all bytes at once. */
export function parseAtOnce(
  text: string,
  limits: HTTPLimits = DEFAULT_LIMITS,
): RequestHead | number | undefined {
  return parseInPieces([Buffer.from(text, "latin1")], limits);
}
