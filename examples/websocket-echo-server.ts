/**
 * A WebSocket handshake over HTTP, then every text message back as it came (RFC 6455; messages of up to 125 bytes, each in
 * one frame). In a browser's console: `new WebSocket("ws://127.0.0.1:8000").onmessage = console.log`. Argument: the port.
 */
import { createHash } from "node:crypto";
import { BaseHTTPRequestHandler, HTTPServer } from "minorswing/devserver/httpserver";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const [TEXT, CLOSE] = [0x81, 0x88];

class EchoHandler extends BaseHTTPRequestHandler {
  async doGET(): Promise<void> {
    const key = this.headers.get("Sec-WebSocket-Key");
    if (key === undefined) return await this.sendError(426);
    this.sendResponse(101);
    this.sendHeader("Upgrade", "websocket");
    this.sendHeader("Connection", "Upgrade");
    this.sendHeader(
      "Sec-WebSocket-Accept",
      createHash("sha1")
        .update(key + GUID)
        .digest("base64"),
    );
    await this.endHeaders();
    await this.echo();
    this.closeConnection = true;
  }

  async echo(): Promise<void> {
    for (;;) {
      const [opcode = CLOSE, length = 0] = await this.rfile.read(2);
      const mask = await this.rfile.read(4);
      const masked = await this.rfile.read(length & 0x7f);
      const data = masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
      await this.wfile.write(Buffer.from([opcode, data.length, ...data]));
      if (opcode !== TEXT) return;
    }
  }
}

await using server = await new HTTPServer(
  ["127.0.0.1", Number(process.argv[2] ?? 8000)],
  EchoHandler,
).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
