import { describe, expect, test } from "vitest";
import { BadSignature, SignatureExpired } from "../../../framework/signing/exceptions.ts";
import { Signer } from "../../../framework/signing/signer.ts";
import { TimestampSigner } from "../../../framework/signing/timestamp-signer.ts";
import { Random } from "../../support/random.ts";
import { randomText } from "../../support/random-json.ts";
import { TIMESTAMP_SIGNER_VECTORS } from "./vectors.ts";

const key = "secret";
const SIGNED_AT = 123456789;
const hello = signerAt(SIGNED_AT).sign("hello");

test.each(TIMESTAMP_SIGNER_VECTORS)(
  "TimestampSigner signs and reads $signed as Django's does",
  ({ value, signed, time = SIGNED_AT, ...options }) => {
    const signer = new TimestampSigner({ key, now: () => time * 1000, ...options });

    expect(signer.sign(value)).toBe(signed);
    expect(signer.unsign(signed, { maxAge: 0 })).toBe(value);
  },
);

test("TimestampSigner gives back whatever it signed", () => {
  const random = new Random(3);
  const signer = new TimestampSigner({ key });
  const values = Array.from({ length: 500 }, () => randomText(random));

  expect(values.map((value) => signer.unsign(signer.sign(value), { maxAge: 600 }))).toEqual(values);
});

test("TimestampSigner counts seconds from the beginning of each", () => {
  const signer = new TimestampSigner({ key, now: () => SIGNED_AT * 1000 + 999 });

  expect(signer.timestamp()).toBe("8M0kX");
});

describe("TimestampSigner's maxAge", () => {
  test.each([12, 11.2, Infinity, undefined])("accepts after 11.2 seconds: %j", (maxAge) => {
    expect(signerAt(SIGNED_AT + 11.2).unsign(hello, { maxAge })).toBe("hello");
  });

  test.each([11.1, 0, -1, Number.NaN])("refuses after 11.2 seconds: %j", (maxAge) => {
    expect(() => signerAt(SIGNED_AT + 11.2).unsign(hello, { maxAge })).toThrow(SignatureExpired);
  });

  test("is told with the age", () => {
    const read = (): unknown => signerAt(SIGNED_AT + 11.2).unsign(hello, { maxAge: 10 });

    expect(read).toThrow("Signature age 11.2 > 10 seconds");
    expect(read).toThrow(expect.objectContaining({ age: 11.2, maxAge: 10 }));
    expect(read).toThrow(BadSignature);
  });

  test("counts for objects as well", () => {
    const signed = signerAt(SIGNED_AT).signObject([1]);
    const later = signerAt(SIGNED_AT + 10);

    expect(later.unsignObject(signed, { maxAge: 10 })).toEqual([1]);
    expect(() => later.unsignObject(signed, { maxAge: 9 })).toThrow(SignatureExpired);
  });

  test("is not looked at where the signature is wrong", () => {
    const later = new TimestampSigner({ key: "other", now: () => (SIGNED_AT + 99) * 1000 });

    expect(() => later.unsign(hello, { maxAge: 1 })).toThrow("does not match");
  });

  test("accepts what a site with a faster clock signed", () => {
    expect(signerAt(SIGNED_AT - 60).unsign(hello, { maxAge: 1 })).toBe("hello");
  });
});

describe("TimestampSigner and a right signature without a timestamp", () => {
  const plain = new Signer({ key, salt: "shared" });
  const signer = new TimestampSigner({ key, salt: "shared" });

  test.each([
    ["hello", 'No ":" found in value'],
    ["hello:", '"" is no timestamp'],
    ["hello:world!", '"world!" is no timestamp'],
  ])("refuses %j", (value, message) => {
    expect(() => signer.unsign(plain.sign(value))).toThrow(new BadSignature(message));
  });
});

test("TimestampSigner and Signer do not read each other's texts", () => {
  expect(() => new Signer({ key }).unsign(hello)).toThrow(BadSignature);
  expect(() => signerAt(SIGNED_AT).unsign(new Signer({ key }).sign("hello"))).toThrow(BadSignature);
});

function signerAt(seconds: number): TimestampSigner {
  return new TimestampSigner({ key, now: () => seconds * 1000 });
}
