/** Sends back what it gets, over a Unix socket. Argument: the path of the socket file. */
import { StreamRequestHandler, UnixStreamServer } from "minorswing/devserver/socketserver";

class EchoHandler extends StreamRequestHandler<string, UnixStreamServer> {
  override async handle(): Promise<void> {
    for await (const chunk of this.rfile) await this.wfile.write(chunk);
  }
}

await using server = await new UnixStreamServer(
  process.argv[2] ?? "/tmp/echo.sock",
  EchoHandler,
).start();
console.log(`listening on ${server.serverAddress}`);
await server.serveForever();
