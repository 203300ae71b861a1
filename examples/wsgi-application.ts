/** A bare WSGI application. Argument: the port. */
import { WSGIServer } from "minorswing/devserver/wsgiserver";
import type { WSGIApplication } from "minorswing/wsgi";

const application: WSGIApplication = (environ, startResponse) => {
  const body = Buffer.from(`The request method was ${environ.REQUEST_METHOD}`);
  startResponse("200 OK", [
    ["Content-Type", "text/plain"],
    ["Content-Length", String(body.length)],
  ]);
  return [body];
};

await using server = await new WSGIServer(["127.0.0.1", Number(process.argv[2] ?? 8051)])
  .setApp(application)
  .start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
