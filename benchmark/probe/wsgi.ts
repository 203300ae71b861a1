/**
 * The server that is probed: the WSGI server with a framework behind it, and a few bodies without.
 * Arguments: FILE for `/file`, TIME-OUT in milliseconds (0: the defaults).
 */
import { open } from "node:fs/promises";
import { defineSettings } from "minorswing/conf";
import { WSGIRequestHandler, WSGIServer } from "minorswing/devserver/wsgiserver";
import { getWSGIApplication } from "minorswing/handlers";
import { type HttpRequest, HttpResponse, StreamingHttpResponse } from "minorswing/http";
import { path } from "minorswing/urls";
import type { Body, Chunk, Environ, FileLike, WSGIApplication } from "minorswing/wsgi";
import { generate, generateLater } from "./bodies.ts";
import { addProduced, serveParent, tell } from "./child.ts";
import { sleep } from "./client.ts";

const [file = "", patience = "0"] = process.argv.slice(2);

/** All time-outs alike and short, so that a probe of them ends soon. */
class ImpatientHandler extends WSGIRequestHandler {
  static override readonly timeout: number = Number(patience);
  static override readonly headTimeout: number = Number(patience);
  static override readonly keepAliveTimeout: number = Number(patience);
}

async function upload(request: HttpRequest): Promise<HttpResponse> {
  let size = 0;
  for await (const chunk of request) size += chunk.byteLength;
  return new HttpResponse(String(size));
}

/** A form's file, which upload handlers write to disk. */
async function save(request: HttpRequest): Promise<HttpResponse> {
  const file = (await request.FILES).get("file");
  return new HttpResponse(String(file?.size));
}

/** Reads one piece, and then no more for a while. */
async function hold(request: HttpRequest): Promise<HttpResponse> {
  for await (const chunk of request) {
    await sleep(3000);
    return new HttpResponse(String(chunk.byteLength));
  }
  return new HttpResponse("nothing");
}

const sizeOf = (request: HttpRequest): number => Number(request.GET.get("size"));

const urlpatterns = [
  path("", () => new HttpResponse("Hello, world!")),
  path("upload", upload),
  path("save", save),
  path("hold", hold),
  path(
    "async",
    (request: HttpRequest) => new StreamingHttpResponse(generateLater("/async", sizeOf(request))),
  ),
];

/** One piece, and then nothing more. */
class SilentBody implements AsyncIterable<Chunk> {
  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    yield Buffer.from("first");
    await new Promise(() => undefined);
  }

  close(): void {
    tell({ kind: "ended", path: "/silent" });
  }
}

async function fileBody(environ: Environ): Promise<Body> {
  const handle = await open(file);
  let isWhole = false;
  const fileLike: FileLike = {
    async read(size) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), 0, size);
      isWhole = bytesRead === 0;
      addProduced(bytesRead);
      return buffer.subarray(0, bytesRead);
    },
    async close() {
      await handle.close();
      if (!isWhole) tell({ kind: "ended", path: "/file" });
    },
  };
  return environ["wsgi.file_wrapper"]?.(fileLike) ?? [];
}

const settings = defineSettings({
  SECRET_KEY: "for the probe",
  ALLOWED_HOSTS: ["127.0.0.1"],
  ROOT_URLCONF: () => Promise.resolve({ urlpatterns }),
});

const framework = await getWSGIApplication(settings);

/** What has no view yet is answered without the framework. */
const application: WSGIApplication = (environ, startResponse) => {
  const { PATH_INFO, QUERY_STRING } = environ;
  if (!["/file", "/generator", "/silent"].includes(PATH_INFO))
    return framework(environ, startResponse);
  startResponse("200 OK", [["Content-Type", "application/octet-stream"]]);
  if (PATH_INFO === "/file") return fileBody(environ);
  if (PATH_INFO === "/silent") return new SilentBody();
  return generate(PATH_INFO, Number(new URLSearchParams(QUERY_STRING).get("size")));
};

const server = new WSGIServer(
  ["127.0.0.1", 0],
  patience === "0" ? {} : { handlerClass: ImpatientHandler },
);
await server.setApp(application).start();
serveParent(server.serverPort);
await server.serveForever();
