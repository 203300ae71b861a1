/** A bare WSGI application behind `node:http` instead of our own server. Argument: the port. */
import { createServer } from "node:http";
import { toNodeListener } from "minorswing/adapters";
import type { WSGIApplication } from "minorswing/wsgi";

const application: WSGIApplication = async (environ, startResponse) => {
  const sent = await environ["wsgi.input"].read();
  startResponse("200 OK", [["Content-Type", "text/plain"]]);
  return [Buffer.from(`${environ.REQUEST_METHOD} with ${sent.byteLength} bytes`)];
};

const server = createServer(toNodeListener(application));
server.listen(Number(process.argv[2] ?? 8052), "127.0.0.1", () => {
  const address = server.address();
  console.log(`listening on 127.0.0.1:${typeof address === "object" ? address?.port : address}`);
});
