import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { devserver, TemporaryFolder } from "../../../support/projects.ts";

test.each([
  [["--directory", "files"], "127.0.0.1"],
  [["-d", "files", "-b", "localhost"], "localhost"],
])("devserver http %j serves a folder until it is told to stop", async (args, host) => {
  using folder = new TemporaryFolder();
  await folder.write({ "files/a.txt": "hello" });
  await using server = devserver(["http", "0", ...args], folder.path);
  const [, port = ""] = await server.waitFor(/Serving \S+files at http:\S+:(\d+)\//);
  const url = `http://${host}:${port}`;

  const response = await fetch(`${url}/a.txt`);

  expect(await response.text()).toBe("hello");
  await server.waitFor(/(?:127\.0\.0\.1|::1) - - \[.+\] "GET \/a\.txt HTTP\/1\.1" 200 -/);
  expect((await server.stop("SIGINT")).exitCode).toBe(0);
});

test.each([
  [["http", "eighty"], '"eighty" is not a valid port number.'],
  [["http", "80000"], '"80000" is not a valid port number or address:port pair'],
  [["http", "0", "--directory", "nowhere"], "There is no folder"],
])("devserver %j says what is wrong", async (args, message) => {
  using folder = new TemporaryFolder();

  const { exitCode, stderr } = await devserver(args, folder.path).finish();

  expect(exitCode).toBe(args.includes("--directory") ? 1 : 2);
  expect(stderr).toContain(message);
});

test.skipIf(process.platform !== "linux")(
  "devserver http says who holds its port, and which is free",
  async () => {
    using folder = new TemporaryFolder();
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;

    const { exitCode, stderr } = await devserver(
      ["http", String(port), "--directory", "."],
      folder.path,
    ).finish();
    holder.close();

    expect(exitCode).toBe(1);
    expect(stderr).toContain("That port is already in use");
    expect(stderr).toMatch(/Free is: npx devserver http \d+ --directory \.$/m);
    expect(stderr).toContain(`(process ${process.pid})`);
  },
);
