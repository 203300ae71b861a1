import { describe, expect, test } from "vitest";
import {
  joinChunked,
  joinHead,
  LARGE_PIECE,
  splitChunked,
} from "../../../devserver/wsgiserver/body-framing.ts";
import { parseResponse } from "../../support/http-responses.ts";
import { answering, serveWSGI } from "../../support/wsgi-servers.ts";

const PIECES = [1, LARGE_PIECE, LARGE_PIECE - 1, 100_000].map((size, index) =>
  Buffer.alloc(size, String(index)),
);
const WHOLE = Buffer.concat(PIECES).toString();

describe("the framing of a piece", () => {
  test("is the same whether it is copied or not", () => {
    const body = Buffer.from("hello");

    expect(Buffer.concat(splitChunked("head\r\n\r\n", body))).toEqual(
      joinChunked("head\r\n\r\n", body),
    );
    expect(String(joinChunked("", body))).toBe("5\r\nhello\r\n");
    expect(String(joinHead("head ", body))).toBe("head hello");
  });

  test("does not copy a large one", () => {
    const body = Buffer.alloc(LARGE_PIECE);

    expect(splitChunked("", body)[1]).toBe(body);
  });
});

describe("pieces small and large, one after another, arrive whole", () => {
  test("chunked", async () => {
    await using server = await serveWSGI(answering(PIECES));

    const response = await server.fetch();

    expect(response.headers.get("transfer-encoding")).toBe("chunked");
    expect(response.body).toBe(WHOLE);
  });

  test("with a length, the first piece small or large", async () => {
    const length = ["Content-Length", String(WHOLE.length)] as const;
    await using server = await serveWSGI(answering(PIECES, [length]));
    await using other = await serveWSGI(answering(PIECES.toReversed(), [length]));

    const responses = [await server.fetch(), await other.fetch()];

    expect(responses[0]?.body).toBe(WHOLE);
    expect(responses[1]?.body).toBe(Buffer.concat(PIECES.toReversed()).toString());
  });

  test("without framing, to HTTP/1.0", async () => {
    await using server = await serveWSGI(answering(PIECES));

    const text = await server.ask("GET / HTTP/1.0\r\n\r\n");

    expect(parseResponse(text).body).toBe(WHOLE);
  });
});
