/**
 * What each status means: its phrase and a sentence.
 *
 * Layer 2 (httpserver). Source: the IANA registry; sentences after CPython http/__init__.py.
 */
import { STATUS_CODES } from "node:http";

const EXPLANATIONS: ReadonlyMap<number, string> = new Map<number, string>([
  [400, "Bad request syntax or unsupported method"],
  [403, "Request forbidden -- authorization will not help"],
  [404, "Nothing matches the given URI"],
  [405, "Specified method is invalid for this resource"],
  [408, "Request timed out; try again later"],
  [411, "Client must specify Content-Length"],
  [413, "Content is too large"],
  [414, "URI is too long"],
  [431, "The server is unwilling to process the request because its header fields are too large"],
  [500, "Server got itself in trouble"],
  [501, "Server does not support this operation"],
  [505, "Cannot fulfill request"],
]);

/** The phrase of a status: `404` → `Not Found`; `???` for one that is none. */
export function phraseOf(status: number): string {
  return STATUS_CODES[status] ?? "???";
}

/** A sentence about a status; its phrase where there is none. */
export function explanationOf(status: number): string {
  return EXPLANATIONS.get(status) ?? phraseOf(status);
}
