/** Answers every request with itself in upper case; the HTTP answer is written by hand. Argument: the port. */
import {
  StreamRequestHandler,
  type TCPAddress,
  TCPServer,
} from "minorswing/devserver/socketserver";

class UpperCaseHandler extends StreamRequestHandler<TCPAddress, TCPServer> {
  override async handle(): Promise<void> {
    const [address] = this.clientAddress;
    const lines: string[] = [];
    for (let line = "x"; line.trim() !== ""; lines.push(line))
      line = String(await this.rfile.readline(65_536));
    const data = lines.join("").trim();
    console.log(`${address} wrote:\n${data}`);
    const body = Buffer.from(`<div style="color:green">${escape(data.toUpperCase())}</div>`);
    await this.wfile.write(
      Buffer.from(
        `HTTP/1.1 200 ok with me\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n` +
          `Allow: GET\r\nContent-Length: ${body.length}\r\n\r\n`,
      ),
    );
    await this.wfile.write(body);
  }
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

await using server = await new TCPServer(
  ["127.0.0.1", Number(process.argv[2] ?? 8000)],
  UpperCaseHandler,
).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
