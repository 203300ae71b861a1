/**
 * HTTP servers for tests: `do…` methods written as functions, log lines collected.
 */
import { BaseHTTPRequestHandler } from "../../devserver/httpserver/base-http-request-handler.ts";
import { HTTPServer } from "../../devserver/httpserver/http-server.ts";
import { LOOPBACK } from "./stream-servers.ts";

/** Answers with its request line and body; logs into `lines` of its server. */
export class EchoHandler extends BaseHTTPRequestHandler<EchoServer> {
  async doGET(): Promise<void> {
    await this.answer(`${this.command} ${this.path}`);
  }

  /** Reads its body. */
  async doPOST(): Promise<void> {
    await this.answer(`${this.path}: ${(await this.body.read()).toString("latin1")}`);
  }

  /** Does not read its body. */
  async doPUT(): Promise<void> {
    await this.answer("unread");
  }

  async doSPAM(): Promise<void> {
    await this.answer("spam");
  }

  doBOOM(): void {
    throw new Error("boom");
  }

  async answer(text: string): Promise<void> {
    this.sendResponse(200);
    this.sendHeader("Content-Length", String(text.length));
    if (this.requestVersion === "HTTP/1.0" && !this.closeConnection)
      this.sendHeader("Connection", "keep-alive");
    await this.endHeaders();
    await this.wfile.write(Buffer.from(text, "latin1"));
  }

  override logMessage(message: string): void {
    this.server.lines.push(message);
  }
}

export class EchoServer extends HTTPServer {
  static override readonly closeTimeout: number = 5000;
  readonly lines: string[] = [];
  readonly errors: unknown[] = [];

  get port(): number {
    return this.serverPort;
  }

  override handleError(_request: unknown, _clientAddress: unknown, error: unknown): void {
    this.errors.push(error);
  }
}

/** Starts a server of `handlerClass` on port 0 of the loopback. */
export async function serveEcho(
  handlerClass: ConstructorParameters<typeof EchoServer>[1] = EchoHandler,
): Promise<EchoServer> {
  return await new EchoServer(LOOPBACK, handlerClass).start();
}
