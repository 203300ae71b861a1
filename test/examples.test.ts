import { createSocket } from "node:dgram";
import { once } from "node:events";
import { globSync } from "node:fs";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventually, Running, runOrFail } from "./support/processes.ts";
import { ROOT, TemporaryFolder } from "./support/projects.ts";

/** Starts an example on a port of the system's choice; returns it with the port. */
async function start(
  name: string,
  ...args: readonly string[]
): Promise<{ example: Running; port: number }> {
  const example = startExample(name, ...args);
  const [, port] = await example.waitFor(/listening on [^\n]*?:(\d+)\n/);
  return { example, port: Number(port) };
}

function startExample(name: string, ...args: readonly string[]): Running {
  const file = join(ROOT, "examples", `${name}.ts`);
  return new Running(process.execPath, ["--conditions=source", file, ...args], ROOT);
}

/** Sends bytes and the end of the stream; everything that comes back. */
async function exchange(socket: Socket, text: string): Promise<string> {
  socket.end(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe("examples", () => {
  test("are all listed, and all listed exist", () => {
    const listed = [
      ...readFileSync(join(ROOT, "examples/README.md"), "utf8").matchAll(/\]\((\S+\.ts)\)/g),
    ].map(([, file]) => file);

    expect(new Set(listed)).toEqual(new Set(globSync("*.ts", { cwd: join(ROOT, "examples") })));
  });

  test("tcp-echo-server gives its client back what it sent", async () => {
    const { example, port } = await start("tcp-echo-server", "0");
    await using _stop = example;

    const client = [
      "--conditions=source",
      join(ROOT, "examples/tcp-echo-client.ts"),
      String(port),
      "Hello",
    ];
    const { stdout } = await runOrFail(process.execPath, client, ROOT);

    expect(stdout).toBe("Hello");
  });

  test("upper-case-http-server answers a browser with what it said", async () => {
    const { example, port } = await start("upper-case-http-server", "0");
    await using _stop = example;

    const response = await fetch(`http://127.0.0.1:${port}/abc?<x>`);

    expect(response.statusText).toBe("ok with me");
    expect(await response.text()).toMatch(
      /^<div style="color:green">GET \/ABC\?%3CX%3E HTTP\/1\.1/,
    );
    await example.waitFor(/127\.0\.0\.1 wrote:\nGET \/abc/);
  });

  test.each([
    ["threading-echo-server", /^thread [1-9]\d*: Hello$/],
    ["forking-echo-server", /^process \d+: Hello$/],
  ])("%s gives its client back what it sent, from elsewhere", async (name, expected) => {
    const { example, port } = await start(name, "0");
    await using _stop = example;

    expect(await exchange(connect({ port, host: "127.0.0.1" }), "Hello")).toMatch(expected);
  });

  test("udp-upper-caser answers a datagram", async () => {
    const { example, port } = await start("udp-upper-caser", "0");
    await using _stop = example;
    const client = createSocket("udp4");

    client.send("héllo", port, "127.0.0.1");
    const [answer] = await once(client, "message");
    client.close();

    expect(String(answer)).toBe("HÉLLO");
  });

  test("unix-echo-server gives back what it gets, and replaces the file of a dead server", async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, "echo.sock");
    const dead = startExample("unix-echo-server", path);
    await dead.waitFor(/listening on/);
    await dead.stop("SIGKILL");
    await using example = startExample("unix-echo-server", path);
    await example.waitFor(/listening on/);

    const answer = await exchange(connect({ path, allowHalfOpen: true }), "Hello");

    expect(answer).toBe("Hello");
  });

  test("hello-http-server says hello", async () => {
    const { example, port } = await start("hello-http-server", "0");
    await using _stop = example;

    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello world\r\n");
  });

  test("websocket-echo-server gives every message back, and closes when asked", async () => {
    const { example, port } = await start("websocket-echo-server", "0");
    await using _stop = example;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    const answers: unknown[] = [];
    socket.addEventListener("message", ({ data }) => answers.push(data));
    await once(socket, "open");

    socket.send("Minor Swing");
    socket.send("♥".repeat(40));
    await eventually(async () => (answers.length === 2 ? true : undefined));
    socket.close(1000);
    await once(socket, "close");
    const plain = await fetch(`http://127.0.0.1:${port}/`);

    expect(answers).toEqual(["Minor Swing", "♥".repeat(40)]);
    expect(plain.status).toBe(426);
  });

  test("caching-proxy asks its upstream once per path", async () => {
    using folder = new TemporaryFolder();
    let asked = 0;
    const upstream = createServer((request, response) => response.end(`${request.url} ${++asked}`));
    upstream.listen(0, "127.0.0.1");
    await once(upstream, "listening");
    const address = upstream.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const { example, port } = await start("caching-proxy", "0", url, folder.path);
    await using _stop = example;

    const answers = [];
    for (const path of ["/a", "/a", "/b"])
      answers.push(await (await fetch(`http://127.0.0.1:${port}${path}`)).text());
    upstream.close();
    upstream.closeAllConnections();

    expect(answers).toEqual(["/a 1", "/a 1", "/b 2"]);
    await example.waitFor(/Cache miss \/a\n[\s\S]*Cache hit \/a\n[\s\S]*Cache miss \/b\n/);
  });

  test("wsgi-application names the method", async () => {
    const { example, port } = await start("wsgi-application", "0");
    await using _stop = example;

    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "DELETE" });

    expect(await response.text()).toBe("The request method was DELETE");
  });

  test("node-http-application reads what it is sent", async () => {
    const { example, port } = await start("node-http-application", "0");
    await using _stop = example;

    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "Hello" });

    expect(await response.text()).toBe("POST with 5 bytes");
  });

  test("fetch-handler answers without a server", async () => {
    const file = join(ROOT, "examples/fetch-handler.ts");

    const { stdout } = await runOrFail(process.execPath, ["--conditions=source", file, "5"], ROOT);

    expect(stdout).toBe("200 OK\n25\n");
  });

  test("port-forwarder joins two ports", async () => {
    const { example: echo, port: target } = await start("tcp-echo-server", "0");
    await using _stopEcho = echo;
    const { example, port } = await start("port-forwarder", "0", String(target));
    await using _stop = example;

    const answer = await exchange(
      connect({ port, host: "127.0.0.1", allowHalfOpen: true }),
      "through",
    );

    expect(answer).toBe("through");
  });
});
