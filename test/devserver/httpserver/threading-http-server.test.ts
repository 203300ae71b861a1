import { expect, test } from "vitest";
import { ThreadingHTTPServer } from "../../../devserver/httpserver/threading-http-server.ts";
import { HERE } from "../../support/pooled-handlers.ts";

test("ThreadingHTTPServer handles connections in threads, which know its address", async () => {
  await using server = await new ThreadingHTTPServer(["127.0.0.1", 0], {
    module: HERE,
    export: "HelloHandler",
  }).start();

  const response = await fetch(`http://127.0.0.1:${server.serverPort}/`, {
    headers: { Connection: "close" },
  });

  expect(await response.text()).toMatch(new RegExp(`^${server.serverPort} [1-9]`));
});
