import { open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileWrapper } from "../../../devserver/wsgiserver/file-wrapper.ts";
import type { FileLike, WSGIApplication } from "../../../framework/wsgi.ts";
import { eventually } from "../../support/processes.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { RawClient } from "../../support/raw-client.ts";
import { serveWSGI } from "../../support/wsgi-servers.ts";

/** An application that sends one file through the server's wrapper. */
function sending(file: FileLike): WSGIApplication {
  return (environ, startResponse) => {
    startResponse("200 OK", [["Content-Type", "text/plain"]]);
    const wrapper = environ["wsgi.file_wrapper"];
    if (wrapper === undefined) throw new Error("the server has no wsgi.file_wrapper");
    return wrapper(file, 4);
  };
}

describe("fileWrapper", () => {
  test("reads block by block to the end", async () => {
    const sizes: number[] = [];
    const pieces = ["abcd", "ef", ""].map((text) => Buffer.from(text));
    const file = {
      read(size: number) {
        sizes.push(size);
        return pieces.shift() ?? Buffer.alloc(0);
      },
    };

    const chunks = [];
    for await (const chunk of fileWrapper(file, 4)) chunks.push(String(chunk));

    expect(chunks).toEqual(["abcd", "ef"]);
    expect(sizes).toEqual([4, 4, 4]);
  });

  test("is what the server offers: a real file arrives, and is closed once", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "letters.txt": "abcdefghij" });
    const handle = await open(join(folder.path, "letters.txt"));
    let closed = 0;
    const file: FileLike = {
      async read(size) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size);
        return buffer.subarray(0, bytesRead);
      },
      async close() {
        closed += 1;
        await handle.close();
      },
    };
    await using server = await serveWSGI(sending(file));

    const response = await fetch(`http://127.0.0.1:${server.port}/`);

    expect(await response.text()).toBe("abcdefghij");
    expect(closed).toBe(1);
  });

  test("stops reading, and closes the file, when the client is gone", async () => {
    let closed = false;
    const file: FileLike = {
      // Without end: only the client's leaving can stop this.
      read: () => Buffer.alloc(65_536),
      close: () => {
        closed = true;
      },
    };
    await using server = await serveWSGI(sending(file));
    const client = await RawClient.connect(server.port);

    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.waitFor("200 OK");
    client.reset();

    await eventually(async () => (closed ? true : undefined));
    expect(server.logger.lines.join("\n")).toMatch(
      /info - Broken pipe from \('127\.0\.0\.1', \d+\)/,
    );
  });
});
