import { describe, expect, test } from "vitest";
import { WSGIRequestHandler } from "../../../devserver/wsgiserver/wsgi-request-handler.ts";
import { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { path } from "../../../framework/urls/path.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { RawClient } from "../../support/raw-client.ts";
import { makeApplication } from "../../support/wsgi.ts";
import { RecordingLogger } from "../../support/wsgi-servers.ts";

class ImpatientHandler extends WSGIRequestHandler {
  static override readonly timeout: number = 50;

  override getStderr() {
    return { write: () => undefined };
  }
}

const bare: WSGIApplication = async (environ, startResponse) => {
  const body = await environ["wsgi.input"].read();
  startResponse("200 OK", [["Content-Type", "text/plain"]]);
  return [body];
};

const view = async (request: HttpRequest) => new HttpResponse(await request.body);

describe.each<[what: string, make: () => Promise<WSGIApplication>]>([
  ["a bare application", () => Promise.resolve(bare)],
  ["the framework", () => makeApplication([path("", view)])],
])("under %s", (_what, make) => {
  test.each([
    ["bad chunks", "Transfer-Encoding: chunked", "xyz\r\n", "HTTP/1.1 400 Bad Request"],
    ["a client that stalls", "Content-Length: 10", "12345", "HTTP/1.1 408 Request Timeout"],
  ])("%s in a request body are the client's fault", async (_name, header, body, status) => {
    const logger = new RecordingLogger();
    await using server = new WSGIServer(["127.0.0.1", 0], {
      logger,
      handlerClass: ImpatientHandler,
    });
    await server.setApp(await make()).start();
    await using client = await RawClient.connect(server.serverPort);

    client.send(`POST / HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n${body}`);
    const answer = await client.untilEnd();

    expect(answer).toContain(`${status}\r\n`);
  });
});
