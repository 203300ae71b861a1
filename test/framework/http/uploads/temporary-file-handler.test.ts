import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TemporaryUploadedFile } from "../../../../framework/http/uploads/uploaded-file.ts";
import {
  file,
  multipart,
  ON_DISK,
  streamedUpload,
  TWO_FILES,
  UploadFolder,
  uploadOf,
} from "../../../support/multipart.ts";

describe("temporary files", () => {
  test("hold uploads over the limit or of unknown length, and go when the request is closed", async () => {
    using folder = new UploadFolder();
    const options = { fileUploadTempDir: folder.path, fileUploadMaxMemorySize: TWO_FILES.length };
    const small = uploadOf([TWO_FILES], options);
    const large = uploadOf([TWO_FILES], {
      ...options,
      fileUploadMaxMemorySize: TWO_FILES.length - 1,
    });
    const unknown = uploadOf([TWO_FILES], options, { environ: { CONTENT_LENGTH: undefined } });

    await small.POST;
    expect(await folder.files()).toEqual([]);
    for (const request of [large, unknown]) {
      const found = (await request.FILES).get("f");
      expect(found).toBeInstanceOf(TemporaryUploadedFile);
      expect(await found?.text()).toBe("AAAA");
      expect(await folder.files()).toEqual([
        expect.stringMatching(/^[0-9a-f-]{36}\.upload\.txt$/),
        expect.stringMatching(/\.upload\.txt$/),
      ]);
      await request.close();
      await request.close();
      expect(await folder.files()).toEqual([]);
    }
  });

  test("may be moved away", async () => {
    using folder = new UploadFolder();
    const request = uploadOf([multipart(file("f", "a.tar.gz", "x"))], {
      ...ON_DISK,
      fileUploadTempDir: folder.path,
    });
    const found = (await request.FILES).get("f") as TemporaryUploadedFile;
    await rename(found.temporaryFilePath(), join(folder.path, "kept"));

    await request.close();

    expect(await folder.files()).toEqual(["kept"]);
  });

  test("have a plain extension or none", async () => {
    using folder = new UploadFolder();
    const names = [`x.${"e".repeat(250)}`, "x.a b", "x.\u202etxt", "x"];
    const request = uploadOf([multipart(...names.map((name) => file("f", name, "x")))], {
      ...ON_DISK,
      fileUploadTempDir: folder.path,
    });

    await request.POST;

    expect(
      (await folder.files()).every((name) => /^[0-9a-f-]{36}\.upload(\.\w{1,16})?$/.test(name)),
    ).toBe(true);
    await request.close();
  });

  test("of an upload that the request does not wait for go as well", async () => {
    using folder = new UploadFolder();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const request = streamedUpload(
      async function* () {
        yield TWO_FILES.subarray(0, -16);
        await gate;
        yield TWO_FILES.subarray(-16);
      },
      { fileUploadTempDir: folder.path },
    );

    const post = request.POST;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await folder.files()).toHaveLength(2);
    await request.close();
    release();

    await expect(post).rejects.toThrow("The request ended before its upload did");
    expect(await folder.files()).toEqual([]);
  });

  test("that cannot be made are an error of the site, not of the client", async () => {
    const request = uploadOf([TWO_FILES], { ...ON_DISK, fileUploadTempDir: "/nonexistent/folder" });

    await expect(request.POST).rejects.toMatchObject({ code: "ENOENT" });
  });
});
