import { describe, expect, test } from "vitest";
import { parseResponse } from "../../support/http-responses.ts";
import { RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { answering, bytes, serveWSGI } from "../../support/wsgi-servers.ts";

describe("WSGIRequestHandler logs", () => {
  test.each<[status: string, level: string]>([
    ["200 OK", "info"],
    ["302 Found", "info"],
    ["404 Not Found", "warn"],
    ["500 Oh no", "error"],
  ])("%s as %s, with status and size", async (status, level) => {
    await using server = await serveWSGI(answering([bytes("hello")], [], status));

    await server.fetch();

    expect(server.logger.lines).toEqual([`${level} "GET / HTTP/1.1" ${status.slice(0, 3)} 5`]);
    expect(server.logger.details).toEqual([{ statusCode: Number(status.slice(0, 3)) }]);
  });

  test("what a client sends with its controls escaped", async () => {
    await using server = await serveWSGI(answering([]));

    await server.ask(head("GET /\x9b31m\\ HTTP/1.1", "Host: x", "Connection: close"));

    expect(server.logger.lines).toEqual(['info "GET /\\x9b31m\\\\ HTTP/1.1" 200 0']);
  });

  test("what is no request as a warning", async () => {
    await using server = await serveWSGI(answering([]));

    const text = await server.ask("nonsense\r\n\r\n");

    expect(parseResponse(text).status).toBe(400);
    expect(server.logger.lines).toEqual([
      "info code 400, message Bad request syntax ('nonsense')",
      'warn "nonsense" 400 -',
    ]);
  });

  test("a TLS hello as a hint", async () => {
    await using server = await serveWSGI(answering([]));

    await server.ask("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03");

    expect(server.logger.lines.at(-1)).toBe(
      "error You're accessing the development server over HTTPS, but it only supports HTTP.",
    );
    expect(server.logger.details.at(-1)).toEqual({ statusCode: 500 });
  });

  test("a client that leaves in the middle of its request body in one line", async () => {
    await using server = await serveWSGI(async (environ, startResponse) => {
      await environ["wsgi.input"].read();
      startResponse("200 OK", []);
      return [];
    });
    await using client = await RawClient.connect(server.port);

    client.send(`${head("POST / HTTP/1.1", "Host: x", "Content-Length: 5")}he`).end();
    await client.untilEnd();

    expect(server.logger.lines).toHaveLength(1);
    expect(server.logger.lines[0]).toMatch(/^info - Broken pipe from \('127\.0\.0\.1', \d+\)$/);
    expect(server.reported).toEqual([]);
  });
});
