/** Says hello to every GET, with a server class of its own. Argument: the port. */
import { BaseHTTPRequestHandler, HTTPServer } from "minorswing/devserver/httpserver";

class HelloHandler extends BaseHTTPRequestHandler {
  async doGET(): Promise<void> {
    const body = Buffer.from("hello world\r\n");
    this.sendResponse(200);
    this.sendHeader("Content-Type", "text/html");
    this.sendHeader("Content-Length", String(body.length));
    await this.endHeaders();
    await this.wfile.write(body);
  }
}

class HelloServer extends HTTPServer {
  constructor(host: string, port: number) {
    super([host, port], HelloHandler);
  }
}

await using server = await new HelloServer("127.0.0.1", Number(process.argv[2] ?? 8000)).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
