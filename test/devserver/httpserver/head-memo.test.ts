import { describe, expect, test } from "vitest";
import { HeadMemo } from "../../../devserver/httpserver/head-memo.ts";
import { DEFAULT_LIMITS } from "../../../devserver/httpserver/limits.ts";
import { parseRequestHead, type RequestHead } from "../../../devserver/httpserver/request-head.ts";
import { Random } from "../../support/random.ts";

const FIELDS = "Host: x\r\nAccept: */*\r\n\r\n";

const INSERTS = ["", " ", "\r\n", "x", "\n", ":", "\0"];

/** Parses a head and keeps it. */
function remember(memo: HeadMemo, text: string): RequestHead {
  const bytes = Buffer.from(text, "latin1");
  const head = parseRequestHead(bytes, DEFAULT_LIMITS);
  if (head === undefined) throw new Error("not a whole head");
  memo.keep(bytes, head);
  return head;
}

function recall(memo: HeadMemo, text: string): RequestHead | undefined {
  return memo.recall(Buffer.from(text, "latin1"), DEFAULT_LIMITS);
}

describe("HeadMemo", () => {
  test("knows the same head again, whatever follows it", () => {
    const memo = new HeadMemo();
    const head = remember(memo, `GET / HTTP/1.1\r\n${FIELDS}`);

    expect(recall(memo, `GET / HTTP/1.1\r\n${FIELDS}GET /b`)).toBe(head);
  });

  test("knows the same fields again under another request line", () => {
    const memo = new HeadMemo();
    const { fields } = remember(memo, `GET / HTTP/1.1\r\n${FIELDS}`);
    const text = `POST /b?c HTTP/1.1\r\n${FIELDS}`;

    const found = recall(memo, text);

    expect(found).toEqual(parseRequestHead(Buffer.from(text), DEFAULT_LIMITS));
    expect(found?.fields).toBe(fields);
  });

  test.each([
    ["half a head", `GET / HTTP/1.1\r\nHost: x\r\n`],
    ["other fields", "GET / HTTP/1.1\r\nHost: y\r\nAccept: */*\r\n\r\n"],
    ["more fields", `GET / HTTP/1.1\r\nA: b\r\n${FIELDS}`],
    ["a longer last field", "GET / HTTP/1.1\r\nHost: x\r\nAccept: */*;q=1\r\n\r\n"],
    ["another version", `GET / HTTP/1.0\r\n${FIELDS}`],
    ["a bad request line", `GET  / HTTP/1.1\r\n${FIELDS}`],
    ["an empty line before", `\r\nGET / HTTP/1.1\r\n${FIELDS}`],
    ["too long a request line", `GET /${"x".repeat(70_000)} HTTP/1.1\r\n${FIELDS}`],
  ])("leaves %s to the parser", (_what, text) => {
    const memo = new HeadMemo();
    remember(memo, `GET / HTTP/1.1\r\n${FIELDS}`);

    expect(recall(memo, text)).toBeUndefined();
  });

  test("does not keep what came after empty lines, HTTP/0.9, or a long head", () => {
    for (const text of [
      `\r\nGET / HTTP/1.1\r\n${FIELDS}`,
      "GET /\r\n",
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(5000)}\r\n\r\n`,
    ]) {
      const memo = new HeadMemo();
      remember(memo, text);

      expect(recall(memo, text)).toBeUndefined();
    }
  });

  test("gives what the parser gives, for any bytes", () => {
    const random = new Random(7);
    const memo = new HeadMemo();
    const base = `GET /a HTTP/1.1\r\n${FIELDS}`;
    let recalled = 0;
    for (let round = 0; round < 5000; round += 1) {
      remember(memo, base);
      const at = random.below(base.length + 1);
      const text = `${base.slice(0, at)}${INSERTS[random.below(INSERTS.length)]}${base.slice(at + random.below(2))}`;
      const found = recall(memo, text);
      if (found === undefined) continue;
      recalled += 1;
      expect(found).toEqual(parseRequestHead(Buffer.from(text, "latin1"), DEFAULT_LIMITS));
    }

    expect(recalled).toBeGreaterThan(500);
  });

  test("works framing out once, and derived values go with the head", () => {
    const memo = new HeadMemo();
    const head = remember(memo, `GET / HTTP/1.1\r\n${FIELDS}`);
    memo.derived = { a: 1 };

    expect(memo.frame(head)).toBe(memo.frame(head));
    expect(memo.holds(head.fields)).toBe(true);
    remember(memo, "GET / HTTP/1.1\r\nHost: y\r\n\r\n");
    expect(memo.derived).toBeUndefined();
    expect(memo.holds(head.fields)).toBe(false);
  });

  test("is given to few connections at a time: those that asked last", () => {
    const memos = Array.from({ length: 300 }, () => new HeadMemo());
    const text = `GET / HTTP/1.1\r\n${FIELDS}`;
    for (const memo of memos) remember(memo, text);

    const holding = memos.map((memo) => recall(memo, text) !== undefined);

    expect(holding.filter(Boolean)).toHaveLength(256);
    expect(holding[0]).toBe(false);
    expect(holding.at(-1)).toBe(true);
  });
});
