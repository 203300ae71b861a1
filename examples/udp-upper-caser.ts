/** Sends every datagram back in upper case. Argument: the port. */
import { DatagramRequestHandler, UDPServer } from "minorswing/devserver/socketserver";

class UpperCaseHandler extends DatagramRequestHandler {
  override handle(): void {
    this.wfile.write(Buffer.from(this.packet.toString().toUpperCase()));
  }
}

await using server = await new UDPServer(
  ["127.0.0.1", Number(process.argv[2] ?? 9999)],
  UpperCaseHandler,
).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
