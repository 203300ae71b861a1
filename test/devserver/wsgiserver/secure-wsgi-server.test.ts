import net, { type Socket } from "node:net";
import { once } from "node:events";
import { Duplex } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../../../devserver/cli/https/certificate.ts";
import {
  SecureThreadedWSGIServer,
  SecureWSGIServer,
} from "../../../devserver/wsgiserver/secure-wsgi-server.ts";
import type { TlsCredentials } from "../../../devserver/wsgiserver/tls-gate.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { eventually } from "../../support/processes.ts";
import { exchange, RawClient } from "../../support/raw-client.ts";
import { head } from "../../support/request-heads.ts";
import { LOOPBACK } from "../../support/stream-servers.ts";
import { HERE } from "../../support/threaded-application.ts";
import { RecordingLogger } from "../../support/wsgi-servers.ts";

let credentials: TlsCredentials;
beforeAll(async () => void (credentials = await makeCertificate(Date.now())));

const scheme: WSGIApplication = async (environ, startResponse) => {
  await new Promise((resolve) => setTimeout(resolve, Number(environ.QUERY_STRING)));
  startResponse("200 OK", [["Content-Type", "text/plain"]]);
  return [Buffer.from(`${environ["wsgi.url_scheme"]} ${String(environ.HTTPS)}`)];
};

async function serve(): Promise<SecureWSGIServer> {
  const server = new SecureWSGIServer(LOOPBACK, { credentials, logger: new RecordingLogger() });
  return await server.setApp(scheme).start();
}

const get = (target: string): string => head(`GET ${target} HTTP/1.1`, "Host: localhost:8000");

/** The client's side of a connection, deaf as long as it is held: it sends, and hears nothing. */
class HeldConnection extends Duplex {
  held = true;
  readonly #socket: Socket;
  readonly #heard: Buffer[] = [];

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on("data", (chunk) => this.#hear(chunk));
    socket.on("end", () => this.push(null));
  }

  get hasHeard(): boolean {
    return this.#heard.length > 0;
  }

  release(): void {
    this.held = false;
    for (const chunk of this.#heard.splice(0)) this.push(chunk);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#socket.write(chunk, () => callback());
  }

  override _final(callback: () => void): void {
    this.#socket.end(callback);
  }

  #hear(chunk: Buffer): void {
    if (this.held) this.#heard.push(chunk);
    else this.push(chunk);
  }
}

describe("SecureWSGIServer", () => {
  test("answers over TLS, and says so in the environ", async () => {
    await using server = await serve();
    await using client = await RawClient.connectSecurely({ port: server.serverPort });

    client.send(get("/?0") + get("/?0"));

    await eventually(async () =>
      client.received.match(/https on/g)?.length === 2 ? true : undefined,
    );
  });

  test("does so in threads, too", async () => {
    const application = { module: HERE, export: "application" };
    await using server = await new SecureThreadedWSGIServer(LOOPBACK, {
      application,
      credentials,
      threads: 1,
      logger: new RecordingLogger(),
    }).start();
    await using client = await RawClient.connectSecurely({ port: server.serverPort });

    client.send(get("/flags"));

    await client.waitFor("true false");
  });

  test("redirects plain HTTP to the same address", async () => {
    await using server = await serve();

    const answer = await exchange(server.serverPort, get("/a?b=c"));

    expect(answer).toMatch(/^HTTP\/1\.1 307 /);
    expect(answer).toContain("\r\nLocation: https://localhost:8000/a?b=c\r\n");
    expect(answer).toContain("\r\nConnection: close\r\n");
  });

  test("refuses plain HTTP that cannot be redirected", async () => {
    await using server = await serve();

    expect(await exchange(server.serverPort, "GET / HTTP/1.0\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 400 This server speaks HTTPS only\r\n/,
    );
  });

  test("survives bytes that only begin like a handshake", async () => {
    await using server = await serve();
    await exchange(server.serverPort, "\x16\x03\x01\x00\x05nonsense nonsense");

    await using client = await RawClient.connectSecurely({ port: server.serverPort });
    client.send(get("/?0"));

    await client.waitFor("https on");
  });

  test("closes idle connections at the end, and answers busy ones first", async () => {
    const server = await serve();
    await using idle = await RawClient.connectSecurely({ port: server.serverPort });
    await using busy = await RawClient.connectSecurely({ port: server.serverPort });
    await using silent = await RawClient.connect(server.serverPort);
    idle.send(get("/?0"));
    await idle.waitFor("https on");
    busy.send(get("/?300"));
    await eventually(async () => (server.acceptedConnections === 3 ? true : undefined));

    await server.serverClose();

    // Its request may have been on its way: it is answered all the same.
    expect(await busy.untilEnd()).toMatch(/Connection: close\r\n[\s\S]*https on$/);
    await idle.untilEnd();
    await silent.untilEnd();
    // A FIN behind the close_notify, and no reset.
    expect([idle.ended, busy.ended, silent.ended]).toEqual([true, true, true]);
  });

  test("gives connections that have sent nothing to whoever wants them", async () => {
    const server = await serve();
    const moved = Promise.withResolvers<Socket>();
    server.gate.moveUntouched = moved.resolve;
    await using client = await RawClient.connect(server.serverPort);
    await eventually(async () => (server.acceptedConnections === 1 ? true : undefined));
    await using next = await serve();

    await server.serverClose();
    next.adoptConnection(await moved.promise, Buffer.alloc(0));
    await using secure = await RawClient.connectSecurely({ socket: client.socket });
    secure.send(get("/?0"));

    await secure.waitFor("https on");
  });

  test("answers a client whose handshake had begun when the server stopped", async () => {
    const server = await serve();
    const socket = net.connect(server.serverPort, "127.0.0.1");
    await once(socket, "connect");
    const connection = new HeldConnection(socket);
    const connecting = RawClient.connectSecurely({ socket: connection });
    await eventually(async () => (connection.hasHeard ? true : undefined));

    const closed = server.serverClose();
    connection.release();
    await using client = await connecting;
    client.send(get("/?0"));

    expect(await client.untilEnd()).toMatch(/Connection: close\r\n[\s\S]*https on$/);
    await closed;
    socket.destroy();
  });
});
