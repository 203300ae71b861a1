import { expect, test } from "vitest";
import { HTTPServer } from "../../../devserver/httpserver/http-server.ts";
import { EchoHandler, serveEcho } from "../../support/http-servers.ts";

test("HTTPServer is localhost on a loopback address", async () => {
  await using server = await serveEcho();

  expect(server.serverName).toBe("localhost");
  expect(server.serverPort).toBe(server.serverAddress[1]);
});

test("HTTPServer has its address as its name elsewhere", async () => {
  await using server = await new HTTPServer(["0.0.0.0", 0], EchoHandler).start();

  expect(server.serverName).toBe("0.0.0.0");
});
