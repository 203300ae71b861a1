import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { BackgroundWriter } from "../../../../framework/http/uploads/background-writer.ts";
import { TemporaryFolder } from "../../../support/projects.ts";
import { Random } from "../../../support/random.ts";

describe("BackgroundWriter", () => {
  test("writes everything in its order, whatever the system takes at a time", async () => {
    using folder = new TemporaryFolder();
    const random = new Random(7);
    const path = join(folder.path, "file");
    await using handle = await open(path, "wx");
    const whole = handle.writev.bind(handle);
    // A system that takes half of what it is given, and sometimes a byte.
    vi.spyOn(handle, "writev").mockImplementation(async (chunks) => {
      const bytes = Buffer.concat(
        chunks.map((chunk) => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
      );
      const size = random.next() < 0.3 ? 1 : Math.ceil(bytes.length / 2);
      return await whole([bytes.subarray(0, size)]);
    });
    const chunks = Array.from({ length: 50 }, (_, index) =>
      Buffer.alloc(random.below(3000), index + 1),
    );
    const writer = new BackgroundWriter(handle);

    for (const chunk of chunks) await writer.write(chunk);
    await writer.end();

    expect((await readFile(path)).equals(Buffer.concat(chunks))).toBe(true);
  });

  test("waits when half a megabyte waits for the disk", async () => {
    using folder = new TemporaryFolder();
    await using handle = await open(join(folder.path, "file"), "wx");
    const disk = Promise.withResolvers<void>();
    const whole = handle.writev.bind(handle);
    vi.spyOn(handle, "writev").mockImplementation(async (chunks) => {
      await disk.promise;
      return await whole(chunks);
    });
    const writer = new BackgroundWriter(handle);
    const chunk = Buffer.alloc(300_000);
    await writer.write(chunk);
    await writer.write(chunk);
    let isTaken = false;

    const third = writer.write(chunk).then(() => (isTaken = true));
    await new Promise((resolve) => setImmediate(resolve));
    const beforeTheDisk = isTaken;
    disk.resolve();
    await third;
    await writer.end();

    expect(beforeTheDisk).toBe(false);
    expect((await handle.stat()).size).toBe(900_000);
  });

  test("gives the error of a write to whoever comes later", async () => {
    using folder = new TemporaryFolder();
    await using handle = await open(join(folder.path, "file"), "wx");
    vi.spyOn(handle, "writev").mockRejectedValue(new Error("no space left"));
    const writer = new BackgroundWriter(handle);

    await writer.write(Buffer.from("lost"));

    await expect(writer.end()).rejects.toThrow("no space left");
    await expect(writer.write(Buffer.alloc(600_000))).rejects.toThrow("no space left");
  });
});
