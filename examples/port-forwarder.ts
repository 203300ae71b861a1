/** Joins every connection with one to another port, in both directions. Arguments: the port, the other port. */
import { connect } from "node:net";
import { BaseRequestHandler, type TCPAddress, TCPServer } from "minorswing/devserver/socketserver";
import { pipeline } from "node:stream/promises";
import type { Socket } from "node:net";

const [port = "8080", target = "8000"] = process.argv.slice(2);

class ForwardHandler extends BaseRequestHandler<Socket, TCPAddress, TCPServer> {
  override async handle(): Promise<void> {
    const other = connect({ port: Number(target), host: "127.0.0.1", allowHalfOpen: true });
    await Promise.all([pipeline(this.request, other), pipeline(other, this.request)]);
  }
}

await using server = await new TCPServer(["127.0.0.1", Number(port)], ForwardHandler).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
