import { describe, expect, test } from "vitest";
import { QuotaUploadHandler } from "../../../../framework/http/uploads/quota-handler.ts";
import {
  SkipFile,
  StopFutureHandlers,
  StopUpload,
} from "../../../../framework/http/uploads/upload-handlers.ts";
import {
  formOf,
  ON_DISK,
  streamedUpload,
  TWO_FILES,
  UploadFolder,
  uploadOf,
} from "../../../support/multipart.ts";
import { Recorder } from "../../../support/upload-recorder.ts";

describe("upload handlers", () => {
  test("stop the ones after them with StopFutureHandlers, for one file", async () => {
    const first = new Recorder({
      newFile: ({ name }) => {
        if (name === "a.txt") throw new StopFutureHandlers();
      },
    });
    const second = new Recorder();
    const request = uploadOf([TWO_FILES]);
    request.uploadHandlers = [first, second];

    await request.POST;

    expect(second.calls.filter((call) => /^(new|chunk)/.test(call))).toEqual([
      "new g b.txt",
      "chunk 0 BB",
    ]);
  });

  test.each(["newFile", "chunk"])(
    "drop a file with SkipFile in %s and go on with the next",
    async (step) => {
      const skip = (name: string): undefined => {
        if (name === "a.txt" || name === "AAAA") throw new SkipFile();
      };
      using folder = new UploadFolder();
      const request = uploadOf([TWO_FILES], { ...ON_DISK, fileUploadTempDir: folder.path });
      const later = new Recorder({ newFile: ({ name }) => skip(name) });
      const earlier = new Recorder({ chunk: (text) => skip(text) ?? Buffer.from(text) });
      // In both cases the file on disk is there already when it is skipped.
      request.uploadHandlers =
        step === "newFile"
          ? [...request.uploadHandlers, later]
          : [earlier, ...request.uploadHandlers];

      const form = await formOf(request);

      expect(form).toMatchObject({ fields: { n: ["1"] }, files: [{ name: "b.txt" }] });
      expect(await folder.files()).toHaveLength(1);
      await request.close();
      expect(await folder.files()).toEqual([]);
    },
  );

  test.each([true, false])(
    "end everything with StopUpload (connectionReset: %s)",
    async (connectionReset) => {
      let taken = 0;
      const stop = new Recorder({
        newFile: ({ name }) => {
          if (name === "b.txt") throw new StopUpload({ connectionReset });
        },
      });
      using folder = new UploadFolder();
      const request = streamedUpload(
        function* () {
          for (const byte of TWO_FILES) {
            taken++;
            yield Buffer.of(byte);
          }
        },
        { fileUploadTempDir: folder.path },
      );
      request.uploadHandlers = [stop, ...request.uploadHandlers];

      const form = await formOf(request);

      expect(form).toMatchObject({
        fields: { n: ["1"] },
        files: [{ name: "a.txt", content: "AAAA" }],
      });
      expect(stop.calls.at(-1)).toBe("upload complete");
      expect(taken === TWO_FILES.length).toBe(!connectionReset);
      await request.close();
      expect(await folder.files()).toEqual([]);
    },
  );

  test("are told to close their file also when they fail at its end", async () => {
    const failing = new Recorder({
      complete: () => {
        throw new Error("disk full");
      },
    });
    const request = uploadOf([TWO_FILES]);
    request.uploadHandlers = [failing];

    await expect(request.POST).rejects.toThrow("disk full");

    expect(failing.calls.slice(-2)).toEqual(["close file", "upload interrupted"]);
  });

  test("that fail leave nothing behind", async () => {
    using folder = new UploadFolder();
    const failing = new Recorder({
      chunk: (text) => {
        if (text === "BB") throw new Error("disk full");
        return Buffer.from(text);
      },
    });
    const request = uploadOf([TWO_FILES], { ...ON_DISK, fileUploadTempDir: folder.path });
    request.uploadHandlers = [failing, ...request.uploadHandlers];

    await expect(request.POST).rejects.toThrow("disk full");

    expect(failing.calls.at(-1)).toBe("upload interrupted");
    expect(await folder.files()).toEqual([]);
  });
});

test("StopUpload before anything is read gives an empty form", async () => {
  class TooLong extends Recorder {
    override handleRawInput(): never {
      throw new StopUpload({ connectionReset: true });
    }
  }
  const request = uploadOf([TWO_FILES]);
  request.uploadHandlers = [new TooLong()];

  expect(await formOf(request)).toEqual({ fields: {}, files: [] });
});

test("a quota is a limit for all files together", async () => {
  const fits = uploadOf([TWO_FILES]);
  const over = uploadOf([TWO_FILES]);
  fits.uploadHandlers = [new QuotaUploadHandler(6), ...fits.uploadHandlers];
  over.uploadHandlers = [new QuotaUploadHandler(5), ...over.uploadHandlers];

  expect((await formOf(fits)).files).toHaveLength(2);
  await expect(over.POST).rejects.toMatchObject({
    status: 413,
    message: "The uploaded files exceed the quota of 5 bytes.",
  });
});
