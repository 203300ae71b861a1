/** The yardstick: the same answers from plain `node:http`. Arguments as those of `wsgi.ts`. */
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { generate, generateLater } from "./bodies.ts";
import { addProduced, serveParent, tell } from "./child.ts";
import { sleep } from "./client.ts";

const [file = "", patience = "0"] = process.argv.slice(2);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  if (pathname === "/upload") {
    let size = 0;
    for await (const chunk of request) size += chunk.length;
    response.end(String(size));
    return;
  }
  if (pathname === "/save") {
    await save(request, response);
    return;
  }
  if (pathname === "/hold") {
    for await (const chunk of request) {
      await sleep(3000);
      response.end(String(chunk.length));
      return;
    }
  }
  const size = Number(searchParams.get("size"));
  if (pathname === "/generator") await send(generate(pathname, size), response);
  else if (pathname === "/async") await send(generateLater(pathname, size), response);
  else if (pathname === "/file") await sendFile(response);
  else if (pathname === "/silent") beSilent(response);
  else sendHello(response);
}

/** The body as it comes, its form and all: whoever parses it has to do that besides. */
async function save(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const saved = `${file}-saved`;
  await pipeline(request, createWriteStream(saved));
  const { size } = await stat(saved);
  await rm(saved);
  response.end(String(size));
}

async function send(
  body: Iterable<Buffer> | AsyncIterable<Buffer>,
  response: ServerResponse,
): Promise<void> {
  await pipeline(Readable.from(body), response);
}

async function sendFile(response: ServerResponse): Promise<void> {
  const stream = createReadStream(file);
  stream.on("data", (chunk) => addProduced(chunk.length));
  stream.once("close", () => {
    if (!stream.readableEnded) tell({ kind: "ended", path: "/file" });
  });
  await pipeline(stream, response);
}

function beSilent(response: ServerResponse): void {
  response.write("first");
  response.once("close", () => tell({ kind: "ended", path: "/silent" }));
}

function sendHello(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": 13 });
  response.end("Hello, world!");
}

const timeout = Number(patience);
const options = {
  headersTimeout: timeout,
  requestTimeout: timeout,
  keepAliveTimeout: timeout,
  connectionsCheckingInterval: 500,
};
const server = createServer(
  timeout === 0 ? { keepAliveTimeout: 60_000 } : options,
  (request, response) => {
    answer(request, response).catch(() => response.destroy());
  },
);
server.listen(0, "127.0.0.1", 511, () => {
  const address = server.address();
  serveParent(typeof address === "object" && address !== null ? address.port : 0);
});
