/** Sends back what it gets, each connection handled in a thread; says which. Argument: the port. */
import { threadId } from "node:worker_threads";
import {
  StreamRequestHandler,
  type TCPAddress,
  ThreadingTCPServer,
} from "minorswing/devserver/socketserver";

export class EchoHandler extends StreamRequestHandler<TCPAddress, ThreadingTCPServer> {
  override async handle(): Promise<void> {
    await this.wfile.write(Buffer.from(`thread ${threadId}: `));
    for await (const chunk of this.rfile) await this.wfile.write(chunk);
  }
}

// The threads import this module too, for the handler; only the first to run starts the server.
if (import.meta.main) {
  await using server = await new ThreadingTCPServer(
    ["127.0.0.1", Number(process.argv[2] ?? 5000)],
    { module: import.meta.url, export: "EchoHandler" },
  ).start();
  console.log(`listening on ${server.serverAddress.join(":")}`);
  await server.serveForever();
}
