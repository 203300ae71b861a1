/** Sends back what it gets. Argument: the port. */
import {
  StreamRequestHandler,
  type TCPAddress,
  TCPServer,
} from "minorswing/devserver/socketserver";

class EchoHandler extends StreamRequestHandler<TCPAddress, TCPServer> {
  override async handle(): Promise<void> {
    for await (const chunk of this.rfile) await this.wfile.write(chunk);
  }
}

await using server = await new TCPServer(
  ["127.0.0.1", Number(process.argv[2] ?? 5000)],
  EchoHandler,
).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
