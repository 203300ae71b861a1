import { describe, expect, test } from "vitest";
import type { Environ, WSGIApplication } from "../../../framework/wsgi.ts";
import { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import { parseResponses } from "../../support/http-responses.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { bytes, serveWSGI } from "../../support/wsgi-servers.ts";

const CLOSE = "Connection: close";

/** Answers with path and body. */
const echo: WSGIApplication = async (environ, startResponse) => {
  const body = await environ["wsgi.input"].read();
  startResponse("200 OK", []);
  return [Buffer.concat([bytes(`${environ.PATH_INFO} `), body])];
};

/** Answers without a look at the body. */
const ignore: WSGIApplication = (environ, startResponse) => {
  startResponse("200 OK", []);
  return [bytes(environ.PATH_INFO)];
};

describe("WSGIServer", () => {
  test("has no application until it is set", () => {
    const server = new WSGIServer(LOOPBACK);

    expect(() => server.getApp()).toThrow("setApp()");
    expect(server.setApp(echo).getApp()).toBe(echo);
  });

  test("tells the application about server, client and request", async () => {
    const environs: Environ[] = [];
    await using server = await serveWSGI((environ, startResponse) => {
      environs.push(environ);
      return ignore(environ, startResponse);
    });

    await server.ask(head("SPAM /a%20b?c=%20 HTTP/1.1", "Host: x:1", "X_Evil: 1", CLOSE));

    expect(environs[0]).toMatchObject({
      REQUEST_METHOD: "SPAM",
      SCRIPT_NAME: "",
      PATH_INFO: "/a b",
      QUERY_STRING: "c=%20",
      SERVER_NAME: "localhost",
      SERVER_PORT: String(server.port),
      SERVER_PROTOCOL: "HTTP/1.1",
      REMOTE_ADDR: "127.0.0.1",
      HTTP_HOST: "x:1",
      "wsgi.version": [1, 0],
      "wsgi.url_scheme": "http",
      "wsgi.multithread": false,
      "wsgi.multiprocess": false,
      "wsgi.run_once": false,
    });
    expect(environs[0]).not.toHaveProperty("HTTP_X_EVIL");
    expect(environs[0]).not.toHaveProperty("CONTENT_LENGTH");
    expect(environs[0]).not.toHaveProperty("PATH");
  });

  test("lets no header pass for something else", async () => {
    const environs: Environ[] = [];
    await using server = await serveWSGI((environ, startResponse) => {
      environs.push(environ);
      return ignore(environ, startResponse);
    });
    const lines = ["Server-Name: evil", "Remote-Addr: evil", "X_B: 1", "X-B: 2"];

    await server.ask(head("GET / HTTP/1.1", "Host: x", ...lines, CLOSE));

    expect(environs[0]).toMatchObject({
      SERVER_NAME: "localhost",
      REMOTE_ADDR: "127.0.0.1",
      HTTP_SERVER_NAME: "evil",
      HTTP_REMOTE_ADDR: "evil",
      HTTP_X_B: "2",
    });
  });

  test("answers in full a client that has sent its FIN already", async () => {
    await using server = await serveWSGI(async (environ, startResponse) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return echo(environ, startResponse);
    });
    await using client = await RawClient.connect(server.port);

    client.send(head("GET /late HTTP/1.1", "Host: x")).end();

    expect(parseResponses(await client.untilEnd()).map(({ body }) => body)).toEqual(["/late "]);
  });

  test("takes the host of an absolute target, not the header's", async () => {
    const hosts: unknown[] = [];
    await using server = await serveWSGI((environ, startResponse) => {
      hosts.push(environ.HTTP_HOST, environ.PATH_INFO);
      return ignore(environ, startResponse);
    });

    await server.ask(head("GET http://real/p HTTP/1.1", "Host: other", CLOSE));

    expect(hosts).toEqual(["real", "/p"]);
  });
});

describe("WSGIServer keeps connections", () => {
  test("and answers pipelined requests in their order, however long each takes", async () => {
    await using server = await serveWSGI(async (environ, startResponse) => {
      if (environ.PATH_INFO === "/slow") await new Promise((resolve) => setTimeout(resolve, 30));
      return echo(environ, startResponse);
    });
    const post = `${head("POST /slow HTTP/1.1", "Host: x", "Content-Length: 5")}hello`;
    const get = head("GET /quick HTTP/1.1", "Host: x");

    const text = await server.ask(post + get + head("GET /last HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponses(text).map(({ body }) => body)).toEqual([
      "/slow hello",
      "/quick ",
      "/last ",
    ]);
  });

  test.each<[what: string, request: string]>([
    ["by length", `${head("POST /1 HTTP/1.1", "Host: x", "Content-Length: 18")}GET /evil HTTP/1.1`],
    [
      "chunked",
      `${head("POST /1 HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")}5\r\nhello\r\n0\r\n\r\n`,
    ],
  ])("after a body that the application left unread, %s", async (_, request) => {
    await using server = await serveWSGI(ignore);

    const text = await server.ask(request + head("GET /2 HTTP/1.1", "Host: x", CLOSE));

    expect(parseResponses(text).map(({ body }) => body)).toEqual(["/1", "/2"]);
  });

  test("of HTTP/1.0 that ask for it, and says so", async () => {
    await using server = await serveWSGI(ignore);

    const text = await server.ask(
      head("GET /1 HTTP/1.0", "Connection: keep-alive") + head("GET /2 HTTP/1.0"),
    );

    expect(
      parseResponses(text).map(({ body, headers }) => [body, headers.get("connection")]),
    ).toEqual([
      ["/1", "keep-alive"],
      ["/2", "close"],
    ]);
  });

  test("until it shuts down: a request at work gets its answer, and Connection: close", async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await using server = await serveWSGI(async (environ, startResponse) => {
      start();
      await released;
      return ignore(environ, startResponse);
    });
    await using client = await RawClient.connect(server.port);
    client.send(head("GET /busy HTTP/1.1", "Host: x").repeat(2));
    await started;

    const closing = server.serverClose();
    release();
    await closing;

    expect(parseResponses(await client.untilEnd()).map(({ body }) => body)).toEqual(["/busy"]);
  });
});

describe("WSGIServer and Expect: 100-continue", () => {
  const request = head("PUT / HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");

  test("says Continue when the application reads", async () => {
    await using server = await serveWSGI(echo);
    await using client = await RawClient.connect(server.port);

    await client.send(request).waitFor("100 Continue\r\n\r\n");
    await client.send("hello").waitFor("/ hello");

    expect(parseResponses(client.received).map(({ status }) => status)).toEqual([100, 200]);
  });

  test("closes when it does not", async () => {
    await using server = await serveWSGI(ignore);

    const [response] = parseResponses(await server.ask(request));

    expect([response?.status, response?.headers.get("connection")]).toEqual([200, "close"]);
  });
});
