/**
 * A view behind middleware, DEBUG off, on our server, access log on. Prints its port.
 * Argument: which middleware, `startproject` (what a new project lists, the default) or `full` (default-middleware.ts).
 */
import { defineSettings, type Middleware } from "minorswing/conf";
import { WSGIServer } from "minorswing/devserver/wsgiserver";
import { getWSGIApplication } from "minorswing/handlers";
import { HttpResponse } from "minorswing/http";
import {
  commonMiddleware,
  securityMiddleware,
  xFrameOptionsMiddleware,
} from "minorswing/middleware";
import { path } from "minorswing/urls";
import { DEFAULT_MIDDLEWARE } from "./default-middleware.ts";

const STACKS: ReadonlyMap<string, readonly Middleware[]> = new Map<string, readonly Middleware[]>([
  ["startproject", [securityMiddleware, commonMiddleware, xFrameOptionsMiddleware]],
  ["full", DEFAULT_MIDDLEWARE],
]);

const urlpatterns = [path("", () => new HttpResponse("Hello, world!"))];

const settings = defineSettings({
  SECRET_KEY: "for the benchmark",
  ALLOWED_HOSTS: ["127.0.0.1"],
  ROOT_URLCONF: () => Promise.resolve({ urlpatterns }),
  MIDDLEWARE: STACKS.get(process.argv[2] ?? "startproject") ?? [],
});

const server = new WSGIServer(["127.0.0.1", 0]).setApp(await getWSGIApplication(settings));
await server.start();
console.log(server.serverPort);
process.once("SIGINT", () => process.exit(0));
await server.serveForever();
