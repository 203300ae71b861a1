/**
 * An HTTP server whose connections are handled in threads.
 *
 * Layer 2 (httpserver). Source: CPython http/server.py (`ThreadingHTTPServer`).
 */
import type { PooledServerClass } from "../socketserver/pooled-server.ts";
import { ThreadingMixIn, type ThreadingStatics } from "../socketserver/threading-mix-in.ts";
import { HTTPServer } from "./http-server.ts";

const ThreadingBase: PooledServerClass<typeof HTTPServer, ThreadingStatics> =
  ThreadingMixIn(HTTPServer);

export class ThreadingHTTPServer extends ThreadingBase {
  static override readonly module: string = import.meta.url;
}
