/** A view behind the middleware that `startproject` lists, DEBUG off, on our server, access log on. Prints its port. */
import { defineSettings } from "minorswing/conf";
import { WSGIServer } from "minorswing/devserver/wsgiserver";
import { getWSGIApplication } from "minorswing/handlers";
import { HttpResponse } from "minorswing/http";
import {
  commonMiddleware,
  securityMiddleware,
  xFrameOptionsMiddleware,
} from "minorswing/middleware";
import { path } from "minorswing/urls";

const urlpatterns = [path("", () => new HttpResponse("Hello, world!"))];

const settings = defineSettings({
  SECRET_KEY: "for the benchmark",
  ALLOWED_HOSTS: ["127.0.0.1"],
  ROOT_URLCONF: () => Promise.resolve({ urlpatterns }),
  MIDDLEWARE: [securityMiddleware, commonMiddleware, xFrameOptionsMiddleware],
});

const server = new WSGIServer(["127.0.0.1", 0]).setApp(await getWSGIApplication(settings));
await server.start();
console.log(server.serverPort);
process.once("SIGINT", () => process.exit(0));
await server.serveForever();
