import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StreamRequestHandler } from "../../../devserver/socketserver/request-handlers.ts";
import { UnixStreamServer } from "../../../devserver/socketserver/unix-stream-server.ts";
import { TemporaryFolder } from "../../support/projects.ts";

class EchoHandler extends StreamRequestHandler<string, UnixStreamServer> {
  override async handle(): Promise<void> {
    await this.wfile.write(Buffer.from(`from ${JSON.stringify(this.clientAddress)}: `));
    for await (const chunk of this.rfile) await this.wfile.write(chunk);
  }
}

async function ask(path: string, text: string): Promise<string> {
  const socket = connect({ path, allowHalfOpen: true });
  socket.end(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe("UnixStreamServer", () => {
  test("serves at a path, and takes the file away when it closes", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "server.sock");
    const server = await new UnixStreamServer(path, EchoHandler).start();

    const answer = await ask(path, "hello");
    await server.serverClose();

    expect(answer).toBe('from "": hello');
    expect(server.serverAddress).toBe(path);
    expect(existsSync(path)).toBe(false);
  });

  test("leaves a server that is alive alone", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "server.sock");
    await using _first = await new UnixStreamServer(path, EchoHandler).start();

    await expect(new UnixStreamServer(path, EchoHandler).start()).rejects.toThrow("EADDRINUSE");
    expect(await ask(path, "still here")).toContain("still here");
  });

  test("never replaces a file that is no socket", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "notes.txt");
    await writeFile(path, "mine");

    await expect(new UnixStreamServer(path, EchoHandler).start()).rejects.toThrow("EADDRINUSE");
    expect(existsSync(path)).toBe(true);
  });
});
