/**
 * Handlers and servers for tests of pooled servers: their workers import this module.
 */
import { threadId } from "node:worker_threads";
import { BaseHTTPRequestHandler } from "../../devserver/httpserver/base-http-request-handler.ts";
import { DatagramRequestHandler } from "../../devserver/socketserver/datagram-request-handler.ts";
import { StreamRequestHandler } from "../../devserver/socketserver/request-handlers.ts";
import { TCPServer } from "../../devserver/socketserver/tcp-server.ts";
import { ThreadingMixIn } from "../../devserver/socketserver/threading-mix-in.ts";

export const HERE: string = import.meta.url;

/** Does what each line says. */
export class ObeyingHandler extends StreamRequestHandler<unknown, unknown> {
  override async handle(): Promise<void> {
    for (;;) {
      const line = String(await this.rfile.readline());
      if (line === "") return;
      await this.wfile.write(Buffer.from(obey(line.trim())));
    }
  }
}

export class ObeyingDatagramHandler extends DatagramRequestHandler<unknown, unknown> {
  override handle(): void {
    this.wfile.write(Buffer.from(obey(String(this.packet))));
  }
}

export class HelloHandler extends BaseHTTPRequestHandler {
  async doGET(): Promise<void> {
    const body = Buffer.from(`${this.server.serverPort} ${threadId}`);
    this.sendResponse(200);
    this.sendHeader("Content-Length", String(body.length));
    await this.endHeaders();
    await this.wfile.write(body);
  }
}

function obey(order: string): string {
  const [verb, argument] = order.split(" ");
  if (verb === "where") return `${process.pid} ${threadId}\n`;
  if (verb === "spin") spin(Number(argument));
  if (verb === "throw") throw new Error("as ordered");
  if (verb === "exit") process.exit(7);
  return `${order.toUpperCase()}\n`;
}

function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const base: ReturnType<typeof ThreadingMixIn<typeof TCPServer>> = ThreadingMixIn(TCPServer);

/** Says on each connection what it does, in the thread. */
export class GreetingServer extends base {
  static override readonly module: string = import.meta.url;
  static override readonly threads: number = 1;

  override async finishRequest(...args: Parameters<TCPServer["finishRequest"]>): Promise<void> {
    args[0].write("welcome\n");
    await super.finishRequest(...args);
  }
}

export class UnnamedServer extends base {
  override async finishRequest(...args: Parameters<TCPServer["finishRequest"]>): Promise<void> {
    await super.finishRequest(...args);
  }
}

export const notAHandler = 42;
