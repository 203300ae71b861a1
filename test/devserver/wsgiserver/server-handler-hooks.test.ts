import { describe, expect, test } from "vitest";
import type { Body, Chunk, HeaderList, Write, WSGIApplication } from "../../../framework/wsgi.ts";
import { Headers } from "../../../devserver/wsgiserver/headers.ts";
import { ServerHandler } from "../../../devserver/wsgiserver/server-handler.ts";
import { WSGIServer } from "../../../devserver/wsgiserver/wsgi-server.ts";
import { parseResponse, type ParsedResponse } from "../../support/http-responses.ts";
import { exchange } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { answering, bytes, RecordingLogger } from "../../support/wsgi-servers.ts";

const GET = head("GET / HTTP/1.1", "Host: x", "Connection: close");

/** What a server answers whose requests are run by `serverHandlerClass`. */
async function answerOf(
  serverHandlerClass: typeof ServerHandler,
  application: WSGIApplication,
  request: string = GET,
): Promise<ParsedResponse> {
  class Server extends WSGIServer {
    static override readonly serverHandlerClass = serverHandlerClass;
  }
  await using server = new Server(LOOPBACK, { logger: new RecordingLogger() }).setApp(application);
  await server.start();
  return parseResponse(await exchange(server.serverPort, request));
}

describe("ServerHandler's hooks", () => {
  test("are called in this order", async () => {
    const calls: string[] = [];
    class Tracing extends ServerHandler {
      override setupEnviron(): void {
        calls.push("setupEnviron");
        super.setupEnviron();
      }

      override startResponse(status: string, headers: HeaderList, error?: unknown): Write {
        calls.push("startResponse");
        return super.startResponse(status, headers, error);
      }

      override finishResponse(): void | Promise<void> {
        calls.push("finishResponse");
        return super.finishResponse();
      }

      override resultIsFile(): boolean {
        calls.push("resultIsFile");
        return super.resultIsFile();
      }

      override write(data: Chunk): void | Promise<void> {
        calls.push(`write ${data.byteLength}`);
        return super.write(data);
      }

      override sendHeaders(): void {
        calls.push("sendHeaders");
        super.sendHeaders();
      }

      override cleanupHeaders(): number | undefined {
        calls.push("cleanupHeaders");
        return super.cleanupHeaders();
      }

      override setContentLength(): number | undefined {
        calls.push("setContentLength");
        return super.setContentLength();
      }

      override sendPreamble(): string {
        calls.push("sendPreamble");
        return super.sendPreamble();
      }

      override finishContent(): void | Promise<void> {
        calls.push("finishContent");
        return super.finishContent();
      }

      override close(): void | Promise<void> {
        calls.push("close");
        return super.close();
      }
    }

    const { body } = await answerOf(Tracing, answering([bytes("hello"), bytes("you")]));

    expect(body).toBe("helloyou");
    expect(calls).toEqual([
      "setupEnviron",
      "startResponse",
      "finishResponse",
      "resultIsFile",
      "write 5",
      "sendHeaders",
      "cleanupHeaders",
      "setContentLength",
      "sendPreamble",
      "write 3",
      "finishContent",
      "close",
    ]);
  });

  test("write() of an application goes through them too", async () => {
    class Upper extends ServerHandler {
      override write(data: Chunk): void | Promise<void> {
        return super.write(Buffer.from(Buffer.from(data).toString().toUpperCase()));
      }
    }

    const { body } = await answerOf(Upper, (_environ, startResponse) => {
      void startResponse("200 OK", [])(bytes("early "));
      return [bytes("late")];
    });

    expect(body).toBe("EARLY LATE");
  });

  test("setupEnviron has the last word about the environ", async () => {
    class Adding extends ServerHandler {
      static override readonly wsgiFileWrapper = undefined;

      override setupEnviron(): void {
        super.setupEnviron();
        this.environ["mine.key"] = "mine";
      }
    }

    const { body } = await answerOf(Adding, (environ, startResponse) => {
      startResponse("200 OK", []);
      return [bytes(`${String(environ["mine.key"])} ${String(environ["wsgi.file_wrapper"])}`)];
    });

    expect(body).toBe("mine undefined");
  });

  test("cleanupHeaders may change status and headers", async () => {
    class Branding extends ServerHandler {
      override cleanupHeaders(): number | undefined {
        const headers = new Headers(this.headers);
        headers.set("X-By", "us");
        headers.delete("X-Secret");
        this.headers = headers.items();
        this.status = "203 Changed";
        return super.cleanupHeaders();
      }
    }

    const response = await answerOf(Branding, answering([bytes("hello")], [["X-Secret", "1"]]));

    expect(response.statusLine).toBe("HTTP/1.1 203 Changed");
    expect([response.headers.get("x-by"), response.headers.has("x-secret")]).toEqual(["us", false]);
    expect(response.headers.get("content-length")).toBe("5");
  });

  test("setContentLength may know more than the default", async () => {
    class Knowing extends ServerHandler {
      override setContentLength(): number | undefined {
        return Array.isArray(this.result)
          ? this.result.reduce((sum: number, chunk: Chunk) => sum + chunk.byteLength, 0)
          : super.setContentLength();
      }
    }

    const { headers, body } = await answerOf(Knowing, answering([bytes("hello "), bytes("you")]));

    expect([headers.get("content-length"), headers.has("transfer-encoding"), body]).toEqual([
      "9",
      false,
      "hello you",
    ]);
  });

  test("sendPreamble may say more", async () => {
    class Talking extends ServerHandler {
      override sendPreamble(): string {
        return `${super.sendPreamble()}X-First: 1\r\n`;
      }
    }

    expect((await answerOf(Talking, answering([]))).headers.get("x-first")).toBe("1");
  });

  test.each<[what: string, later: boolean]>([
    ["at once", false],
    ["later", true],
  ])("sendfile may send a file in its own way, %s", async (_, later) => {
    class Sending extends ServerHandler {
      override sendfile(): boolean | Promise<boolean> {
        if (!later) return this.#send();
        return new Promise((resolve) => setImmediate(() => resolve(this.#send())));
      }

      #send(): boolean {
        void this.write(bytes("from sendfile"));
        return true;
      }
    }

    const { body } = await answerOf(Sending, sendingFile);

    expect(body).toBe("from sendfile");
  });

  test("sendfile that declines leaves the file to the usual way", async () => {
    class Declining extends ServerHandler {
      override sendfile(): Promise<boolean> {
        return Promise.resolve(false);
      }
    }

    expect((await answerOf(Declining, sendingFile)).body).toBe("from the file");
  });

  test("resultIsFile may take other bodies for files", async () => {
    class Taking extends ServerHandler {
      override resultIsFile(): boolean {
        return true;
      }

      override sendfile(): boolean {
        void this.write(bytes("taken"));
        return true;
      }
    }

    expect((await answerOf(Taking, answering([bytes("not taken")]))).body).toBe("taken");
  });

  const sendingFile: WSGIApplication = (environ, startResponse) => {
    startResponse("200 OK", []);
    const pieces = [bytes("from the file"), bytes("")];
    const wrap = environ["wsgi.file_wrapper"];
    if (wrap === undefined) throw new Error("no wrapper");
    return wrap({ read: () => pieces.shift() ?? bytes("") });
  };
});

describe("ServerHandler's error page", () => {
  const failing: WSGIApplication = () => {
    throw new Error("boom");
  };

  test("is made of class attributes", async () => {
    class Custom extends ServerHandler {
      static override readonly errorStatus: string = "599 Oh no";
      static override readonly errorHeaders: HeaderList = [["X-Error", "1"]];
      static override readonly errorBody: string = "sorry";

      override logException(): void {}
    }

    const response = await answerOf(Custom, failing);

    expect([response.status, response.headers.get("x-error"), response.body]).toEqual([
      599,
      "1",
      "sorry",
    ]);
  });

  test("may be another one by errorOutput, and logException hears of the error", async () => {
    const logged: unknown[] = [];
    class Telling extends ServerHandler {
      override errorOutput(error: unknown): Body {
        this.startResponse("500 Told", []);
        return [bytes(String(error))];
      }

      override logException(error: unknown): void {
        logged.push(error);
      }
    }

    const { statusLine, body } = await answerOf(Telling, failing);

    expect([statusLine, body]).toEqual(["HTTP/1.1 500 Told", "Error: boom"]);
    expect(logged).toEqual([new Error("boom")]);
  });

  test("may be left out by handleError", async () => {
    class Silent extends ServerHandler {
      override async handleError(): Promise<void> {
        this.startResponse("503 Later", []);
        this.result = [];
        await this.finishResponse();
      }
    }

    expect((await answerOf(Silent, failing)).status).toBe(503);
  });
});
