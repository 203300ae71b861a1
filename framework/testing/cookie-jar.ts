/**
 * The cookies that a client has been given, as a browser keeps them.
 *
 * Layer 8 (testing). Pure but for the clock, which comes in as a parameter. Units: milliseconds since 1970.
 * Source: RFC 6265 sections 5.1.4, 5.3 and 5.4; Django test/client.py (`Client.cookies`).
 * Differs from Django: expired and deleted cookies are gone, and a cookie goes only to its path. As in Django, neither
 * `Secure` nor the domain is looked at: tests of one site need no other host and no TLS.
 */
import { parseSetCookie } from "cookie";

export interface ClientCookie {
  readonly name: string;
  /** As it was sent: percent-escapes are not decoded. */
  readonly value: string;
  readonly path: string;
  /** `undefined` for a cookie that ends with the browser. */
  readonly expires?: number;
  readonly domain?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: "lax" | "strict" | "none";
}

export class CookieJar implements Iterable<ClientCookie> {
  /** By name and path: two paths may have a cookie of one name each. */
  readonly #cookies: Map<string, ClientCookie> = new Map<string, ClientCookie>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The value of a cookie; of several the one that the longest path has. */
  get(name: string): string | undefined {
    return this.cookie(name)?.value;
  }

  has(name: string): boolean {
    return this.cookie(name) !== undefined;
  }

  /** A cookie with its attributes. */
  cookie(name: string): ClientCookie | undefined {
    return this.#living().find((cookie) => cookie.name === name);
  }

  /** Gives the client a cookie, for all paths unless it is said which. */
  set(
    name: string,
    value: string,
    options: Partial<Omit<ClientCookie, "name" | "value">> = {},
  ): this {
    this.#store({ path: "/", ...options, name, value });
    return this;
  }

  /** Takes all cookies of that name away. True when there was one. */
  delete(name: string): boolean {
    const keys = [...this.#cookies].filter(([, cookie]) => cookie.name === name);
    for (const [key] of keys) this.#cookies.delete(key);
    return keys.length > 0;
  }

  clear(): void {
    this.#cookies.clear();
  }

  get size(): number {
    return this.#living().length;
  }

  [Symbol.iterator](): ArrayIterator<ClientCookie> {
    return this.#living().values();
  }

  /** Takes a `Set-Cookie` header that answers a request for `path`. What is no cookie is ignored, as browsers do. */
  take(header: string, path: string): ClientCookie | undefined {
    const cookie = parseCookieHeader(header, path, this.#now());
    if (cookie !== undefined) this.#store(cookie);
    return cookie;
  }

  /** The `Cookie` header of a request for `path`; `undefined` when nothing is to be sent. */
  headerFor(path: string): string | undefined {
    const pairs = this.#living()
      .filter((cookie) => pathMatches(path, cookie.path))
      .map(({ name, value }) => `${name}=${value}`);
    return pairs.length === 0 ? undefined : pairs.join("; ");
  }

  #store(cookie: ClientCookie): void {
    const key = `${cookie.name};${cookie.path}`;
    if (isOver(cookie, this.#now())) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
  }

  /** Longer paths first, then by name, so that requests look the same in each run. */
  #living(): ClientCookie[] {
    const now = this.#now();
    return [...this.#cookies.values()]
      .filter((cookie) => !isOver(cookie, now))
      .toSorted((a, b) => b.path.length - a.path.length || (a.name < b.name ? -1 : 1));
  }
}

/** `undefined` for what is no cookie. */
function parseCookieHeader(header: string, path: string, now: number): ClientCookie | undefined {
  const { maxAge, expires, name, value = "", ...rest } = parseSetCookie(header, AS_SENT);
  if (name === "") return undefined;
  const end = maxAge === undefined ? expires?.getTime() : now + maxAge * 1000;
  const { domain, httpOnly, secure, sameSite } = rest;
  return {
    name,
    value,
    path: rest.path?.startsWith("/") === true ? rest.path : defaultPath(path),
    ...(end !== undefined && { expires: end }),
    ...(domain !== undefined && { domain }),
    ...(httpOnly === true && { httpOnly }),
    ...(secure === true && { secure }),
    ...(typeof sameSite === "string" && { sameSite }),
  };
}

const AS_SENT = { decode: (value: string): string => value };

function isOver({ expires }: ClientCookie, now: number): boolean {
  return expires !== undefined && expires <= now;
}

/** RFC 6265 section 5.1.4: up to and without the last slash. */
function defaultPath(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

function pathMatches(path: string, cookiePath: string): boolean {
  if (!path.startsWith(cookiePath)) return false;
  return (
    path.length === cookiePath.length || cookiePath.endsWith("/") || path[cookiePath.length] === "/"
  );
}
