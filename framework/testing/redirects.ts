/**
 * Following redirects.
 *
 * Layer 8 (testing). Pure. Errors: `RedirectCycleError`. Source: Django test/client.py (`_handle_redirects`);
 * RFC 9110 section 15.4.
 */
import { FrameworkError } from "../exceptions.ts";
import type { Environ } from "../wsgi.ts";
import type { RedirectStep, TestResponse } from "./test-response.ts";

/** The client was led in a circle, or through more than 20 redirects. */
export class RedirectCycleError extends FrameworkError {
  override readonly name = "RedirectCycleError";
  readonly code = "testing.redirect_cycle";
  readonly lastResponse: TestResponse;
  readonly redirectChain: readonly RedirectStep[];

  constructor(message: string, lastResponse: TestResponse, chain: readonly RedirectStep[]) {
    super(`${message} ${chain.map(([url, status]) => `${status} → ${url}`).join(", ")}`);
    this.lastResponse = lastResponse;
    this.redirectChain = chain;
  }
}

/** As many as a browser takes. */
const MOST_REDIRECTS = 20;

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where a response leads, as it says; `undefined` when it leads nowhere. */
export function locationOf(response: TestResponse): string | undefined {
  return STATUSES.has(response.status)
    ? (response.headers.get("Location") ?? undefined)
    : undefined;
}

/** `location` as an absolute URL; a relative one starts at the request. A fragment stays in the browser. */
export function resolveLocation(environ: Environ, location: string): URL {
  const url = new URL(location, urlOf(environ));
  url.hash = "";
  return url;
}

/** The URL that a request was sent to. */
export function urlOf(environ: Environ): string {
  const scheme = environ["wsgi.url_scheme"];
  const isUsual = environ.SERVER_PORT === (scheme === "https" ? "443" : "80");
  const server = isUsual ? environ.SERVER_NAME : `${environ.SERVER_NAME}:${environ.SERVER_PORT}`;
  const path = Buffer.from(environ.PATH_INFO, "latin1").toString();
  const query = environ.QUERY_STRING === "" ? "" : `?${environ.QUERY_STRING}`;
  const escaped = encodeURI(path).replaceAll(/[?#]/g, encodeURIComponent);
  return `${scheme}://${environ.HTTP_HOST ?? server}${environ.SCRIPT_NAME}${escaped}${query}`;
}

/** Throws when the last step of the chain is one too many. */
export function checkChain(chain: readonly RedirectStep[], response: TestResponse): void {
  const last = chain.at(-1);
  const isRepeated = chain
    .slice(0, -1)
    .some(([url, status]) => url === last?.[0] && status === last[1]);
  if (isRepeated) throw new RedirectCycleError("Redirect loop detected.", response, chain);
  if (chain.length > MOST_REDIRECTS)
    throw new RedirectCycleError("Too many redirects.", response, chain);
}

/** 307 and 308 repeat the request as it was; the others, save for HEAD, go on with GET. */
export function repeatsRequest(status: number): boolean {
  return status === 307 || status === 308;
}
