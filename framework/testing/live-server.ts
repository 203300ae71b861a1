/**
 * `liveServer(site)`: a site on a port of this machine, for tests with a real browser.
 *
 * Layer 8 (testing). Errors: those of building an application; whatever listening fails with.
 * Source: Django test/testcases.py (`LiveServerTestCase`). Served by node:http, as a deployment may be.
 * Differs from Django: no thread, since nothing here waits; static files are the site's own business.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { toNodeListener } from "../adapters/node-listener.ts";
import { ErrorLog } from "./error-log.ts";
import { buildSite, type SiteSource } from "./site.ts";

export interface LiveServerOptions {
  /** The address to listen on, and the host in `url`. @default "localhost" */
  readonly host?: string;
  /** @default 0, a free one */
  readonly port?: number;
}

export class LiveServer implements AsyncDisposable {
  /** `http://localhost:49152`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly #server: Server;
  readonly #errors: ErrorLog;

  /** Not to be called: `liveServer` does. */
  constructor(server: Server, host: string, errors: ErrorLog) {
    const address = server.address();
    this.#server = server;
    this.host = host;
    this.port = typeof address === "object" && address !== null ? address.port : 0;
    this.url = `http://${host.includes(":") ? `[${host}]` : host}:${this.port}`;
    this.#errors = errors;
  }

  /** What the site has written to `wsgi.errors`. */
  get errors(): string {
    return this.#errors.text;
  }

  /** Stops listening and cuts all connections: a browser keeps some open for as long as it can. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.close();
  }
}

/** `await using server = await liveServer(settings)`. */
export async function liveServer(
  source: SiteSource,
  options: LiveServerOptions = {},
): Promise<LiveServer> {
  const { host = "localhost", port = 0 } = options;
  const application =
    typeof source === "function"
      ? source
      : (await buildSite(source, [host, "localhost", "127.0.0.1", "[::1]"])).application;
  const errors = new ErrorLog();
  const server = createServer(toNodeListener(application, { errors }));
  server.listen(port, host);
  await once(server, "listening");
  return new LiveServer(server, host, errors);
}
