import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { explainBindFailure } from "../../../../devserver/cli/serve/bind-failure.ts";
import { findPortHolder } from "../../../../devserver/cli/serve/port-holder.ts";
import type { TCPAddress } from "../../../../devserver/socketserver/tcp-server.ts";

const IN_USE = Object.assign(new Error("in use"), { code: "EADDRINUSE" });

/** A listening socket of this process, and its port. */
async function listen(): Promise<{ port: number } & Disposable> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, [Symbol.dispose]: () => void server.close() };
}

describe("a port in use", () => {
  test.skipIf(process.platform === "win32")("names the process that holds it", async () => {
    using held = await listen();

    const holder = await findPortHolder(held.port, process.platform);

    expect(holder?.pid).toBe(process.pid);
    expect(holder?.command).toMatch(/node/);
  });

  test.skipIf(process.platform === "win32")("says who holds it, in the message", async () => {
    using held = await listen();

    const { message } = await explainBindFailure(IN_USE, ["127.0.0.1", held.port], { values: {} });

    expect(message).toMatch(
      new RegExp(`^It is held by: .*node.* \\(process ${process.pid}\\)\\.$`, "m"),
    );
  });

  test("names nobody where nobody listens", async () => {
    const { port, [Symbol.dispose]: close } = await listen();
    close();

    expect(await findPortHolder(port, process.platform)).toBeUndefined();
  });

  test.each<
    [
      address: (port: number) => TCPAddress,
      values: Record<string, string | boolean>,
      command: RegExp,
    ]
  >([
    [(port) => ["127.0.0.1", port], {}, /^Free is: npx devserver runserver (\d+)$/m],
    [
      (port) => ["127.0.0.1", port],
      { threads: "2", https: true, settings: "my settings.ts" },
      /^Free is: npx devserver runserver (\d+) --threads 2 --https --settings 'my settings\.ts'$/m,
    ],
  ])("comes with the same command for a free port", async (address, values, command) => {
    using held = await listen();

    const { message } = await explainBindFailure(IN_USE, address(held.port), { values });

    expect(message).toMatch(/^That port is already in use: 127\.0\.0\.1:\d+\.\n/);
    expect(Number(command.exec(message)?.[1])).toBeGreaterThan(held.port);
  });

  test("of an address other than the usual one is named with it", async () => {
    const { message } = await explainBindFailure(IN_USE, ["::1", 65_000], { values: {} });

    expect(message).toMatch(/npx devserver runserver \[::1\]:65\d\d\d$/);
  });

  test("at the end of all ports has no next one", async () => {
    const { message } = await explainBindFailure(IN_USE, ["127.0.0.1", 65_535], { values: {} });

    expect(message).not.toContain("Free is");
  });
});

test.each([
  ["EACCES", "You don't have permission to access that port: 127.0.0.1:80."],
  ["EADDRNOTAVAIL", "That IP address can't be assigned to: 127.0.0.1."],
])("%s is explained in one line", async (code, text) => {
  const error = Object.assign(new Error("no"), { code });

  expect((await explainBindFailure(error, ["127.0.0.1", 80], { values: {} })).message).toBe(text);
});
