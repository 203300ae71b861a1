import { describe, expect, test } from "vitest";
import {
  type BaseEnviron,
  WSGIRequestHandler,
} from "../../../devserver/wsgiserver/wsgi-request-handler.ts";
import { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import { exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { answering, bytes, RecordingLogger } from "../../support/wsgi-servers.ts";

const GET = head("GET / HTTP/1.1", "Host: x", "Connection: close");

describe("WSGIServer's and WSGIRequestHandler's hooks", () => {
  test("make the environ: setupEnviron for all requests, getScheme, getStdin for each", async () => {
    let made = 0;
    class Server extends WSGIServer {
      override setupEnviron(): BaseEnviron {
        made += 1;
        return { ...super.setupEnviron(), SCRIPT_NAME: "/mounted", "mine.key": "mine" };
      }
    }
    class Handler extends WSGIRequestHandler {
      override getScheme(): "https" {
        return "https";
      }

      override getStdin(): WSGIRequestHandler["body"] {
        return Object.assign(super.getStdin() as WSGIRequestHandler["body"], { mine: true });
      }
    }
    const seen: unknown[] = [];
    const options = { logger: new RecordingLogger(), handlerClass: Handler };
    await using server = new Server(LOOPBACK, options).setApp((environ, startResponse) => {
      const { SCRIPT_NAME, SERVER_SOFTWARE } = environ;
      seen.push([SCRIPT_NAME, SERVER_SOFTWARE, environ["mine.key"], environ["wsgi.url_scheme"]]);
      seen.push("mine" in environ["wsgi.input"]);
      startResponse("200 OK", []);
      return [];
    });
    await server.start();

    await exchange(server.serverPort, head("GET / HTTP/1.1", "Host: x") + GET);

    const expected = [["/mounted", "WSGIServer/0.1", "mine", "https"], true];
    expect(seen).toEqual([...expected, ...expected]);
    expect(made).toBe(1);
  });

  test("protocolVersion HTTP/1.0: no chunks, a status line that says so", async () => {
    class Old extends WSGIRequestHandler {
      static override readonly protocolVersion = "HTTP/1.0";
    }
    const options = { logger: new RecordingLogger(), handlerClass: Old };
    await using server = new WSGIServer(LOOPBACK, options).setApp(
      answering([bytes("a"), bytes("b")]),
    );
    await server.start();

    const text = await exchange(server.serverPort, head("GET / HTTP/1.1", "Host: x"));

    expect(text).toMatch(/^HTTP\/1\.0 200 OK\r\n/);
    expect(text).toMatch(/\r\nConnection: close\r\n\r\nab$/);
  });
});
