import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import {
  SimpleUploadedFile,
  type UploadedFile,
} from "../../../../framework/http/uploads/uploaded-file.ts";
import { QueryDict } from "../../../../framework/http/query-dict.ts";
import { MultiValueDict } from "../../../../framework/utils/multi-value-dict.ts";
import {
  BOUNDARY,
  file,
  formOf,
  multipart,
  ON_DISK,
  streamedUpload,
  TWO_FILES,
  UploadFolder,
  uploadOf,
} from "../../../support/multipart.ts";
import { Recorder } from "../../../support/upload-recorder.ts";

describe("upload handlers", () => {
  test("see every file, in order, and how it ends", async () => {
    const recorder = new Recorder();
    const request = uploadOf([TWO_FILES]);
    request.uploadHandlers = [recorder, ...request.uploadHandlers];

    const form = await formOf(request);

    expect(form.files.map(({ content }) => content)).toEqual(["AAAA", "BB"]);
    expect(recorder.calls).toEqual([
      `raw ${BOUNDARY} ${TWO_FILES.length}`,
      "new f a.txt",
      "chunk 0 AAAA",
      "complete 4",
      "close file",
      "new g b.txt",
      "chunk 0 BB",
      "complete 2",
      "close file",
      "upload complete",
    ]);
  });

  test("get what the one before them returns, and count that", async () => {
    const shouting = new Recorder({ chunk: (text) => Buffer.from(`${text}${text}`.toLowerCase()) });
    const second = new Recorder({ chunk: () => undefined });
    const request = uploadOf([TWO_FILES]);
    request.uploadHandlers = [shouting, second, new Recorder()];

    expect((await formOf(request)).files).toEqual([]);

    expect(second.calls).toContain("chunk 0 aaaaaaaa");
    expect(second.calls).toContain("complete 8");
    expect(request.uploadHandlers.at(2)).toMatchObject({
      calls: expect.not.arrayContaining([/^chunk/]),
    });
  });

  test("get pieces no larger than the smallest chunk size", async () => {
    class Small extends Recorder {
      override readonly chunkSize: number = 3;
    }
    const small = new Small();
    const request = uploadOf([multipart(file("f", "x", "1234567"))]);
    request.uploadHandlers = [small, ...request.uploadHandlers];

    expect((await formOf(request)).files[0]?.content).toBe("1234567");
    const chunks = small.calls.filter((call) => call.startsWith("chunk"));
    expect(Math.max(...chunks.map((call) => call.split(" ")[2]?.length ?? 0))).toBe(3);
  });

  test("may make the file themselves", async () => {
    const own = new Recorder({ complete: () => new SimpleUploadedFile("own.txt", "mine") });
    const request = uploadOf([multipart(file("f", "a.txt", "A"))], ON_DISK);
    using folder = new UploadFolder();
    const temporary = uploadOf([multipart(file("f", "a.txt", "A"))], {
      ...ON_DISK,
      fileUploadTempDir: folder.path,
    });
    request.uploadHandlers = [own];
    temporary.uploadHandlers = [own, ...temporary.uploadHandlers];

    expect((await formOf(request)).files).toMatchObject([{ name: "own.txt", content: "mine" }]);
    expect((await formOf(temporary)).files).toMatchObject([{ name: "own.txt" }]);
    expect(await folder.files()).toEqual([]);
  });

  test("may parse the body themselves", async () => {
    class Whole extends Recorder {
      override handleRawInput(): never {
        return { POST: new QueryDict("a=b"), FILES: new MultiValueDict<UploadedFile>() } as never;
      }
    }
    const request = uploadOf([Buffer.from("no form at all")]);
    request.uploadHandlers = [new Whole()];

    expect((await request.POST).get("a")).toBe("b");
  });

  test("can be set until the body is parsed", async () => {
    const request = uploadOf([TWO_FILES]);
    request.uploadHandlers = [new Recorder()];
    await request.POST;

    expect(() => (request.uploadHandlers = [])).toThrow(
      "You cannot set the upload handlers after the upload has been processed.",
    );
  });

  test("slow the client down: nothing is read while one of them is busy", async () => {
    let taken = 0;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    class Slow extends Recorder {
      override receiveDataChunk(): never {
        return gate as never;
      }
    }
    const request = streamedUpload(function* () {
      const body = multipart(file("f", "x", "y".repeat(500)));
      for (const piece of [body.subarray(0, 400), body.subarray(400, 450), body.subarray(450)]) {
        taken++;
        yield piece;
      }
    });
    request.uploadHandlers = [new Slow()];

    const post = request.POST;
    await new Promise((resolve) => setTimeout(resolve, 30));

    expect(taken).toBe(1);
    open();
    await post;
    expect(taken).toBe(3);
  });

  test("run in the context of the request, and so does what follows", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const note = (): undefined => void seen.push(storage.getStore());
    const recorder = new Recorder({ newFile: note, chunk: () => note() });
    const request = uploadOf([TWO_FILES.subarray(0, 50), TWO_FILES.subarray(50)]);
    request.uploadHandlers = [recorder];

    await storage.run("the request", async () => {
      await request.POST;
      note();
      await request.FILES;
      note();
    });

    expect(new Set(seen)).toEqual(new Set(["the request"]));
    expect(seen.length).toBeGreaterThan(5);
  });
});
