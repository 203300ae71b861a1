/** The ceiling: a plain `net` server that answers whatever comes with a fixed string, unparsed. Prints its port. */
import { createServer } from "node:net";

const ANSWER = Buffer.from(
  "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nServer: none\r\n" +
    "Content-Type: text/html; charset=utf-8\r\nContent-Length: 13\r\n\r\nHello, world!",
);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", () => socket.write(ANSWER));
  socket.on("error", () => undefined);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : "");
});
