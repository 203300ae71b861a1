/** A bare application on our server: socket, parser, environ, access log; no framework. Prints its port. */
import { WSGIServer } from "minorswing/devserver/wsgiserver";
import type { HeaderList } from "minorswing/wsgi";

const headers: HeaderList = [["Content-Type", "text/html; charset=utf-8"]];
const body = [Buffer.from("Hello, world!")];

const server = new WSGIServer(["127.0.0.1", 0]).setApp((_environ, startResponse) => {
  startResponse("200 OK", headers);
  return body;
});
await server.start();
console.log(server.serverPort);
process.once("SIGINT", () => process.exit(0));
await server.serveForever();
