/**
 * `node:http` servers for tests, each with an application behind `toNodeListener`.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { ListenOptions } from "node:net";
import type { AdapterOptions } from "../../framework/adapters/environ.ts";
import { toNodeListener } from "../../framework/adapters/node-listener.ts";
import type { WSGIApplication } from "../../framework/wsgi.ts";

export class NodeServer implements AsyncDisposable {
  readonly server: Server;
  /** What was written to `wsgi.errors`. */
  readonly reported: string[] = [];

  private constructor(
    application: WSGIApplication,
    options: AdapterOptions,
    makeServer: (listener: ReturnType<typeof toNodeListener>) => Server,
  ) {
    const errors = { write: (text: string) => void this.reported.push(text) };
    this.server = makeServer(toNodeListener(application, { errors, ...options }));
  }

  /** Serves on the loopback unless `listen` says otherwise. */
  static async start(
    application: WSGIApplication,
    options: AdapterOptions & {
      readonly listen?: ListenOptions;
      readonly makeServer?: (listener: ReturnType<typeof toNodeListener>) => Server;
    } = {},
  ): Promise<NodeServer> {
    const { listen = { port: 0, host: "127.0.0.1" }, makeServer = createServer, ...rest } = options;
    const server = new NodeServer(application, rest, makeServer);
    server.server.listen(listen);
    await once(server.server, "listening");
    return server;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === "object" ? (address?.port ?? 0) : 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await this.server[Symbol.asyncDispose]();
  }
}
