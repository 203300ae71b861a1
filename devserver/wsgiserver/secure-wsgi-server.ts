/**
 * WSGI servers that speak HTTPS.
 *
 * Layer 3 (wsgiserver). Source: CPython http/server.py (`HTTPSServer`, of Python 3.14).
 * Differs from Python: certificate and key are PEM texts; the handshake holds up nobody else; a client that speaks plain
 * HTTP is redirected. When the server shuts down, idle TLS connections are closed and busy ones get their answer first.
 */
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Environ } from "../../framework/wsgi.ts";
import type { ListenTarget, TCPAddress } from "../socketserver/tcp-server.ts";
import { ThreadedWSGIServer, type ThreadedWSGIServerOptions } from "./threaded-wsgi-server.ts";
import { TlsGate, type TlsCredentials } from "./tls-gate.ts";
import { WSGIRequestHandler } from "./wsgi-request-handler.ts";
import { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";

/** A client that shook hands less than so long ago is about to ask, and would take a closed connection for a refusal. In milliseconds. */
const FRESH = 250;
const FRESH_TIMEOUT = 500;

export class SecureWSGIRequestHandler extends WSGIRequestHandler {
  readonly #since: number = performance.now();
  #hasAsked = false;

  override getScheme(): "https" {
    return "https";
  }

  /** The environ, with `HTTPS` as CGI has it. */
  override getEnviron(): Environ {
    const environ = super.getEnviron();
    environ.HTTPS = "on";
    return environ;
  }

  protected override respond(): void | Promise<void> {
    this.#hasAsked = true;
    return this.request instanceof TLSSocket ? super.respond() : this.#redirect();
  }

  /** Nobody else can answer what was sent on this connection, so what has arrived is read first. */
  override stop(): void {
    const isFresh = !this.#hasAsked && performance.now() - this.#since < FRESH;
    if (isFresh) setTimeout(() => super.stop(), FRESH_TIMEOUT).unref();
    else setImmediate(() => setImmediate(() => super.stop()));
  }

  /** The same address, by HTTPS. */
  async #redirect(): Promise<void> {
    const host = this.headers.get("Host");
    if (host === undefined || !this.path.startsWith("/")) {
      await this.sendError(400, "This server speaks HTTPS only");
      return;
    }
    this.sendResponse(307);
    this.sendHeader("Location", `https://${host}${this.path}`);
    this.sendHeader("Content-Length", "0");
    this.sendHeader("Connection", "close");
    await this.endHeaders();
  }
}

type ServerStatics = Pick<typeof WSGIServer, keyof typeof WSGIServer>;

interface GatedServer extends WSGIServer {
  readonly gate: TlsGate;
}

type GatedServerClass<Options> = ServerStatics &
  (new (target: ListenTarget, options: Options, credentials: TlsCredentials) => GatedServer);

/** TLS is spoken where the sockets are, wherever the application runs. */
function gated<Options>(
  base: ServerStatics & (new (target: ListenTarget, options: Options) => WSGIServer),
): GatedServerClass<Options> {
  return class extends base {
    readonly #gate: TlsGate;

    constructor(target: ListenTarget, options: Options, credentials: TlsCredentials) {
      super(target, options);
      this.#gate = new TlsGate(credentials);
    }

    get gate(): TlsGate {
      return this.#gate;
    }

    /** Shakes hands first. */
    override async processRequest(request: Socket, clientAddress: TCPAddress): Promise<void> {
      const admitted = await this.#gate.admit(request);
      if (admitted !== undefined) await super.processRequest(admitted, clientAddress);
    }

    override shutdown(): void {
      super.shutdown();
      this.#gate.stop();
    }

    override async serverClose(): Promise<void> {
      this.shutdown();
      await this.#gate.settled();
      await super.serverClose();
    }
  };
}

export interface SecureWSGIServerOptions extends WSGIServerOptions {
  readonly credentials: TlsCredentials;
}

const GatedWSGIServer: GatedServerClass<WSGIServerOptions> = gated(WSGIServer);

export class SecureWSGIServer extends GatedWSGIServer {
  constructor(target: ListenTarget, { credentials, ...options }: SecureWSGIServerOptions) {
    super(target, { handlerClass: SecureWSGIRequestHandler, ...options }, credentials);
  }
}

export interface SecureThreadedWSGIServerOptions extends ThreadedWSGIServerOptions {
  readonly credentials: TlsCredentials;
}

const GatedThreadedWSGIServer: GatedServerClass<ThreadedWSGIServerOptions> =
  gated(ThreadedWSGIServer);

/** The same in threads. */
export class SecureThreadedWSGIServer extends GatedThreadedWSGIServer {
  constructor(target: ListenTarget, { credentials, ...options }: SecureThreadedWSGIServerOptions) {
    super(target, { handlerClass: SecureWSGIRequestHandler, ...options }, credentials);
  }
}
