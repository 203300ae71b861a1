/**
 * A WSGI server in one call.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/simple_server.py (`make_server`).
 */
import type { WSGIApplication } from "../../framework/wsgi.ts";
import type { ListenTarget } from "../socketserver/tcp-server.ts";
import { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";

export interface MakeServerOptions extends WSGIServerOptions {
  /** @default WSGIServer */
  readonly serverClass?: new (target: ListenTarget, options: WSGIServerOptions) => WSGIServer;
}

/**
 * A server that is bound and listens; `serveForever` or `handleRequest` comes next. Errors: what binding throws, with
 * everything given back before.
 */
export async function makeServer(
  host: string,
  port: number,
  application: WSGIApplication,
  { serverClass = WSGIServer, ...options }: MakeServerOptions = {},
): Promise<WSGIServer> {
  const server = new serverClass([host, port], options).setApp(application);
  try {
    await server.serverBind();
    await server.serverActivate();
    return server;
  } catch (error) {
    await server.serverClose();
    throw error;
  }
}
