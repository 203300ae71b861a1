import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  FileResponse,
  type FileResponseOptions,
  type FileSource,
} from "../../../framework/http/file-response.ts";
import { DATE, ETAG, LETTERS, LettersFolder } from "../../support/file-answers.ts";
import { answerOf } from "../../support/wsgi.ts";

const folder = LettersFolder.forTests();
const { letters } = folder;
const ask: LettersFolder["ask"] = (...given) => folder.ask(...given);

describe("ranges", () => {
  const sources: [what: string, source: () => FileSource | Promise<FileSource>][] = [
    ["a path", () => letters],
    ["a handle", () => open(letters)],
    ["bytes", () => Buffer.from(LETTERS)],
  ];

  test.each(sources)("of %s: one part", async (_what, source) => {
    const answer = await ask({ Range: "bytes=2-4" }, await source());

    expect(answer.status).toBe("206 Partial Content");
    expect(answer.text).toBe("cde");
    expect(answer.header("Content-Range")).toBe("bytes 2-4/10");
    expect(answer.header("Content-Length")).toBe("3");
  });

  test.each(sources)("of %s: several parts", async (_what, source) => {
    const answer = await ask({ Range: "bytes=0-1,-2" }, await source(), {
      contentType: "text/plain",
    });

    const boundary = /^multipart\/byteranges; boundary=(\S+)$/.exec(
      answer.header("Content-Type") ?? "",
    )?.[1];
    expect(answer.status).toBe("206 Partial Content");
    expect(answer.text.replaceAll(boundary ?? "?", "B")).toBe(
      "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\nab" +
        "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\nij\r\n--B--\r\n",
    );
    expect(answer.header("Content-Length")).toBe(String(answer.text.length));
    expect(answer.header("Content-Range")).toBeUndefined();
  });

  test.each(sources)("of %s: none that it has", async (_what, source) => {
    const answer = await ask({ Range: "bytes=10-" }, await source());

    expect(answer.status).toBe("416 Range Not Satisfiable");
    expect(answer.text).toBe("");
    expect(answer.headers).toEqual([
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", "0"],
      ["Content-Range", "bytes */10"],
    ]);
  });

  test.each<[ifRange: string, status: string]>([
    [ETAG, "206 Partial Content"],
    [DATE, "206 Partial Content"],
    [`W/${ETAG}`, "200 OK"],
    ['"x"', "200 OK"],
    ["Tue, 14 Nov 2023 22:13:21 GMT", "200 OK"],
  ])("with If-Range %s: %s", async (ifRange, status) => {
    expect((await ask({ Range: "bytes=0-1", "If-Range": ifRange })).status).toBe(status);
  });

  test.each<[what: string, options: FileResponseOptions & { readonly method?: string }]>([
    ["HEAD", { method: "HEAD" }],
    ["POST", { method: "POST" }],
    ["a view that forbids them", { headers: { "Accept-Ranges": "none" } }],
  ])("are left out of account for %s", async (_what, options) => {
    const answer = await ask({ Range: "bytes=0-1" }, letters, options);

    expect(answer.status).toBe("200 OK");
    expect(answer.header("Content-Length")).toBe("10");
  });

  test("are left out of account for streams, and where a middleware changed the content", async () => {
    const streamed = await ask({ Range: "bytes=0-1" }, createReadStream(letters));
    const changed = await answerOf(
      () => new FileResponse(letters),
      {
        MIDDLEWARE: [
          (getResponse) => async (request) => {
            const response = await getResponse(request);
            if (!(response instanceof FileResponse)) return response;
            response.streamingContent = ["changed"];
            response.headers.delete("Content-Length");
            return response;
          },
        ],
      },
      { environ: { HTTP_RANGE: "bytes=0-1" } },
    );

    expect(streamed.status).toBe("200 OK");
    expect(streamed.header("Accept-Ranges")).toBeUndefined();
    expect(changed.status).toBe("200 OK");
    expect(changed.text).toBe("changed");
  });
});
