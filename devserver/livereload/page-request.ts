/**
 * Which requests are for pages, and what the application is not to see of them.
 *
 * Layer 4 (livereload).
 */
import type { Environ } from "../../framework/wsgi.ts";
import { unmarkEntityTags } from "./entity-tags.ts";
import type { PageContext } from "./page-response.ts";

/** What a browser shows as a page of its own. Not every browser says on every address what it asks for. */
const DESTINATIONS = new Set(["document", "frame", "iframe"]);

/** Whether the answer will be shown as a page: not by a script that asks for a part of one, nor by curl. */
export function isForPage(environ: Environ): boolean {
  const { REQUEST_METHOD, HTTP_ACCEPT, HTTP_SEC_FETCH_DEST: destination } = environ;
  if (REQUEST_METHOD === "HEAD") return false;
  if (destination !== undefined) return DESTINATIONS.has(destination);
  const isOfScript = environ.HTTP_X_REQUESTED_WITH ?? environ.HTTP_HX_REQUEST;
  return /\btext\/html\b/i.test(HTTP_ACCEPT ?? "") && isOfScript === undefined;
}

/** Prepares the environ for the application. The entity tags that it hears of are its own, and it is asked for no encoding, since nothing can be added to an encoded page. */
export function preparePage(environ: Environ, state: string): PageContext {
  const { HTTP_IF_NONE_MATCH: tags, HTTP_IF_MATCH: wanted } = environ;
  delete environ.HTTP_ACCEPT_ENCODING;
  if (wanted !== undefined) environ.HTTP_IF_MATCH = unmarkEntityTags(wanted, undefined);
  const unmarked = tags === undefined ? undefined : unmarkEntityTags(tags, state);
  if (unmarked !== undefined) environ.HTTP_IF_NONE_MATCH = unmarked;
  const { REQUEST_METHOD: method } = environ;
  return { state, method, origin: originOf(environ), hasMarkedTag: unmarked !== tags };
}

/** Where the browser believes to be. */
export function originOf(environ: Environ): string {
  const host = environ.HTTP_HOST ?? environ.SERVER_NAME;
  const url = URL.parse(`${environ["wsgi.url_scheme"]}://${host}`);
  return url?.origin ?? "http://localhost";
}
