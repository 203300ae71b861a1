import { describe, expect, test } from "vitest";
import { demoApp } from "../../../devserver/wsgiserver/demo-app.ts";
import { isHopByHop } from "../../../devserver/wsgiserver/hop-by-hop.ts";
import { makeServer } from "../../../devserver/wsgiserver/make-server.ts";
import { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import { parseResponse } from "../../support/http-responses.ts";
import { exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { RecordingLogger } from "../../support/wsgi-servers.ts";

const GET = head("GET /a?b HTTP/1.1", "Host: x", "Connection: close");

describe("makeServer", () => {
  test("binds and listens; requests wait for handleRequest", async () => {
    const logger = new RecordingLogger();
    await using server = await makeServer("127.0.0.1", 0, demoApp, { logger });

    const [text] = await Promise.all([exchange(server.serverPort, GET), server.handleRequest()]);

    const { body } = parseResponse(text);
    expect(body).toMatch(/^Hello world!\n\n/);
    expect(body).toContain("\nQUERY_STRING = 'b'\n");
    expect(body.indexOf("\nHTTP_HOST = ")).toBeLessThan(body.indexOf("\nPATH_INFO = '/a'\n"));
    expect(logger.lines).toHaveLength(1);
  });

  test("takes another class of servers", async () => {
    class Mine extends WSGIServer {}

    await using server = await makeServer("127.0.0.1", 0, demoApp, { serverClass: Mine });

    expect(server).toBeInstanceOf(Mine);
    expect(server.getApp()).toBe(demoApp);
  });

  test("gives everything back when the port is taken", async () => {
    await using first = await makeServer("127.0.0.1", 0, demoApp);

    await expect(makeServer("127.0.0.1", first.serverPort, demoApp)).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});

test.each([
  ["Connection", true],
  ["TRANSFER-ENCODING", true],
  ["te", true],
  ["Content-Length", false],
])("isHopByHop(%s) is %s", (name, expected) => {
  expect(isHopByHop(name)).toBe(expected);
});
