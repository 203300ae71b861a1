import { expect, test } from "vitest";
import { dumps, loads } from "../../../framework/signing/dumps.ts";
import { BadSignature, SignatureExpired } from "../../../framework/signing/exceptions.ts";
import { Random } from "../../support/random.ts";
import { randomJson } from "../../support/random-json.ts";
import { DUMPS_VECTORS } from "./vectors.ts";

const key = "secret";
const now = (): number => 123456789_000;

test.each(DUMPS_VECTORS.filter(({ compressed }) => !compressed))(
  "dumps writes $signed as Django's does",
  ({ value, signed, salt }) => {
    expect(dumps(value, { key, now, salt })).toBe(signed);
  },
);

test.each(DUMPS_VECTORS)("loads reads $signed", ({ value, signed, salt }) => {
  expect(loads(signed, { key, now, salt, maxAge: 0 })).toEqual(value);
});

test.each([false, true])("loads gives back what dumps was given, compress: %j", (compress) => {
  const random = new Random(4);
  const values = Array.from({ length: 500 }, () => randomJson(random));

  const signed = values.map((value) => dumps(value, { key, compress }));

  expect(signed.map((text) => loads(text, { key, maxAge: 600 }))).toEqual(values);
});

test("dumps gives texts that need no quotes in a cookie or a URL", () => {
  const random = new Random(5);
  const texts = Array.from({ length: 300 }, () =>
    dumps(randomJson(random), { key, compress: true }),
  );

  expect(texts.filter((text) => !/^\.?[\w-]+:\w+:[\w-]+$/.test(text))).toEqual([]);
});

test.each([
  ["upper case", (text: string) => text.toUpperCase()],
  ["a letter more", (text: string) => `${text}a`],
  ["another first letter", (text: string) => `a${text.slice(1)}`],
  ["no separators", (text: string) => text.replaceAll(":", "")],
  ["a dot before it", (text: string) => `.${text}`],
])("loads refuses a text that was changed: %s", (_what, change) => {
  const signed = dumps({ foo: "bar", baz: 1 }, { key });

  expect(() => loads(change(signed), { key })).toThrow(BadSignature);
});

test("loads looks at the age and at fallback keys", () => {
  const signed = dumps([1], { key: "old", now });
  const options = { key: "new", fallbackKeys: ["old"], now: () => now() + 11_000 };

  expect(loads(signed, { ...options, maxAge: 11 })).toEqual([1]);
  expect(() => loads(signed, { ...options, maxAge: 10 })).toThrow(SignatureExpired);
  expect(() => loads(signed, { key: "new", now })).toThrow(BadSignature);
});

test("dumps and loads take a serializer", () => {
  const serializer = {
    dumps: (value: unknown) => Buffer.from(String(value)),
    loads: (bytes: Uint8Array) => BigInt(Buffer.from(bytes).toString()),
  };

  expect(loads(dumps(2n ** 70n, { key, serializer }), { key, serializer })).toBe(2n ** 70n);
});
