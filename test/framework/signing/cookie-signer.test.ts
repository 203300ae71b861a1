import { describe, expect, test } from "vitest";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { getCookieSalt, getCookieSigner } from "../../../framework/signing/cookie-signer.ts";
import { BadSignature, SignatureExpired } from "../../../framework/signing/exceptions.ts";
import { TimestampSigner } from "../../../framework/signing/timestamp-signer.ts";
import { COOKIE_VECTORS, LEGACY_COOKIE, MESSAGES_COOKIE } from "./vectors.ts";

const key = "secret";
const now = (): number => 123456789_000;

describe("a signed cookie, as Django's", () => {
  test.each(COOKIE_VECTORS)("$name with salt $salt is $signed", ({ name, salt, value, signed }) => {
    const signer = getCookieSigner(key, [], getCookieSalt(name, salt), now);

    expect(signer.sign(value)).toBe(signed);
    expect(signer.unsign(signed, { maxAge: 0 })).toBe(value);
  });

  test("of the messages framework is read and written", () => {
    const signer = getCookieSigner(key, [], "django.contrib.messages", now);

    expect(signer.unsignObject(MESSAGES_COOKIE.signed)).toEqual(MESSAGES_COOKIE.value);
    expect(signer.signObject(MESSAGES_COOKIE.value)).toBe(MESSAGES_COOKIE.signed);
  });

  test("of the old kind is read with the old salt only", () => {
    expect(getCookieSigner(key, [], "cshop").unsign(LEGACY_COOKIE)).toBe("hello");
    expect(() =>
      getCookieSigner(key, [], getCookieSalt("c", "shop")).unsign(LEGACY_COOKIE),
    ).toThrow(BadSignature);
  });
});

describe("getCookieSigner", () => {
  test("reads what fallback keys signed, whether they are texts or bytes", () => {
    const signed = getCookieSigner("old").sign("hello");

    expect(getCookieSigner("new", ["older", "old"]).unsign(signed)).toBe("hello");
    expect(getCookieSigner("new", [Buffer.from("old")]).unsign(signed)).toBe("hello");
  });

  test("takes its clock", () => {
    const signed = getCookieSigner(key, [], "salt", now).sign("hello");
    const later = getCookieSigner(key, [], "salt", () => now() + 5000);

    expect(() => later.unsign(signed, { maxAge: 4 })).toThrow(SignatureExpired);
  });

  test("refuses a text that another signer made with the same key and salt", () => {
    const signed = new TimestampSigner({ key, salt: "salt" }).sign("hello");

    expect(() => getCookieSigner(key, [], "salt").unsign(signed)).toThrow(BadSignature);
  });

  test("refuses an empty key, though it would prefix it", () => {
    expect(() => getCookieSigner("")).toThrow(ImproperlyConfigured);
    expect(() => getCookieSigner(key, [Buffer.alloc(0)])).toThrow(ImproperlyConfigured);
  });
});

test("getCookieSalt keeps name and salt apart", () => {
  expect(getCookieSalt("c")).toBe("django.http.cookies.v2:0:c");
  expect(getCookieSalt("a", "bc")).not.toBe(getCookieSalt("ab", "c"));
  expect(getCookieSalt("c", "🔑")).toBe("django.http.cookies.v2:1:🔑c");
});
