import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  InMemoryUploadedFile,
  SimpleUploadedFile,
  TemporaryUploadedFile,
  type UploadedFile,
} from "../../../../framework/http/uploads/uploaded-file.ts";
import { UploadFolder } from "../../../support/multipart.ts";

const TEXT = "Minor Swing, 1937";
const DESCRIPTION = {
  name: "tune.txt",
  contentType: "text/plain",
  contentTypeExtra: new Map([["charset", "iso-8859-1"]]),
};

const KINDS: [kind: string, make: (folder: string, content: Buffer) => Promise<UploadedFile>][] = [
  [
    "InMemoryUploadedFile",
    async (_folder, content) => new InMemoryUploadedFile(DESCRIPTION, content),
  ],
  [
    "TemporaryUploadedFile",
    async (folder, content) => {
      const path = join(folder, "x.upload");
      await writeFile(path, content);
      return new TemporaryUploadedFile(DESCRIPTION, path, content.length);
    },
  ],
];

describe.each(KINDS)("%s", (kind, make) => {
  test("can be read whole, in chunks and as text, as often as one likes", async () => {
    using folder = new UploadFolder();
    const file = await make(folder.path, Buffer.from(TEXT));

    for (let round = 0; round < 2; round++) {
      const chunks = [];
      for await (const chunk of file.chunks(8)) chunks.push(String(chunk));
      const all = [];
      for await (const chunk of file) all.push(String(chunk));

      expect(chunks).toEqual(["Minor Sw", "ing, 193", "7"]);
      expect(all).toEqual([TEXT]);
      expect((await file.read()).toString()).toBe(TEXT);
      expect(await file.text()).toBe(TEXT);
    }
  });

  test("knows what the client said about it", async () => {
    using folder = new UploadFolder();
    const file = await make(folder.path, Buffer.from("caf\xe9", "latin1"));

    expect(file).toMatchObject({ name: "tune.txt", size: 4, contentType: "text/plain" });
    expect(file.charset).toBe("iso-8859-1");
    expect(await file.text()).toBe("café");
    expect(file.multipleChunks()).toBe(false);
    expect(file.multipleChunks(3)).toBe(true);
    expect(inspect(file)).toBe(`<${kind}: tune.txt (text/plain)>`);
  });

  test("refuses chunks of no bytes, which would never end", async () => {
    using folder = new UploadFolder();
    const file = await make(folder.path, Buffer.from(TEXT));

    for (const size of [0, -1, 0.5, Number.NaN]) {
      const reading = file.chunks(size)[Symbol.asyncIterator]().next();
      await expect(reading).rejects.toThrow(RangeError);
    }
  });
});

describe("a TemporaryUploadedFile", () => {
  test("is removed when it is closed, and may have been moved away", async () => {
    using folder = new UploadFolder();
    const path = join(folder.path, "x.upload");
    await writeFile(path, TEXT);
    const file = new TemporaryUploadedFile(DESCRIPTION, path, TEXT.length);
    await rename(file.temporaryFilePath(), join(folder.path, "kept.txt"));

    await file.close();
    await writeFile(path, TEXT);
    await file.close();

    expect(await folder.files()).toEqual(["kept.txt"]);
  });
});

test("a SimpleUploadedFile is a name and its content", async () => {
  const file = new SimpleUploadedFile("a.txt", "é");

  expect(file).toMatchObject({ name: "a.txt", size: 2, contentType: "text/plain" });
  expect(await file.text()).toBe("é");
  expect(() => new SimpleUploadedFile("..", "")).toThrow("Could not derive file name from '..'");
});
