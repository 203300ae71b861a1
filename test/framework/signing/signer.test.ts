import { inspect } from "node:util";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import {
  BadSignature,
  InvalidAlgorithm,
  InvalidPayload,
  UnsafeSeparator,
  UnsignableValue,
} from "../../../framework/signing/exceptions.ts";
import { Signer } from "../../../framework/signing/signer.ts";
import { Random } from "../../support/random.ts";
import { randomJson, randomText } from "../../support/random-json.ts";
import { OBJECT_VECTORS, SIGNER_VECTORS } from "./vectors.ts";

const key = "secret";

describe("Signer, as Django's", () => {
  test.each(SIGNER_VECTORS)("signs and reads $signed", ({ value, signed, ...options }) => {
    const signer = new Signer({ key, ...options });

    expect(signer.sign(value)).toBe(signed);
    expect(signer.unsign(signed)).toBe(value);
  });

  test.each(OBJECT_VECTORS)("packs and reads $signed", ({ value, signed, compressed }) => {
    const signer = new Signer({ key });

    const ours = signer.signObject(value, { compress: compressed });

    expect(signer.unsignObject(signed)).toEqual(value);
    expect(compressed ? expand(ours) : ours).toBe(compressed ? expand(signed) : signed);
  });

  test("signs bytes as it signs the text they are the UTF-8 of", () => {
    const signer = new Signer({ key });

    expect(signer.signature(Buffer.from("é"))).toBe(signer.signature("é"));
  });
});

describe("Signer.unsign", () => {
  const signer = new Signer({ key });

  test("gives back whatever sign was given", () => {
    const random = new Random(1);
    const values = Array.from({ length: 1000 }, () => randomText(random));

    expect(values.map((value) => signer.unsign(signer.sign(value)))).toEqual(values);
  });

  test("refuses a text in which any bit was flipped", () => {
    const signed = signer.sign("it swings ’");
    const flipped = Array.from({ length: signed.length * 16 }, (_, bit) => flip(signed, bit));

    const accepted = flipped.filter((text) => isRight(signer, text));

    expect(accepted).toEqual([]);
  });

  test("refuses a replacement character that became half a surrogate pair", () => {
    const signed = signer.sign("\ufffd");

    expect(() => signer.unsign(signed.replace("\ufffd", "\ud800"))).toThrow(BadSignature);
  });

  test.each([
    ["another key", new Signer({ key: "secret2" })],
    ["another salt", new Signer({ key, salt: "extra" })],
    ["another algorithm", new Signer({ key, algorithm: "sha512" })],
  ])("refuses what was signed with %s", (_what, other) => {
    const signed = other.sign("hello");

    expect(() => signer.unsign(signed)).toThrow(
      new BadSignature(`Signature "${signed.slice("hello:".length)}" does not match`),
    );
  });

  test("says that there is no separator", () => {
    expect(() => signer.unsign("hello")).toThrow(new BadSignature('No ":" found in value'));
    expect(() => signer.unsign("")).toThrow(BadSignature);
  });

  test("refuses an empty signature", () => {
    expect(() => signer.unsign("hello:")).toThrow('Signature "" does not match');
  });
});

describe("Signer with fallback keys", () => {
  const rotated = new Signer({ key: "new", fallbackKeys: ["older", Buffer.from("old")] });

  test("reads what an old key signed, and signs with the new one", () => {
    const signed = new Signer({ key: "old" }).sign("abc");

    expect(rotated.unsign(signed)).toBe("abc");
    expect(rotated.sign("abc")).toBe(new Signer({ key: "new" }).sign("abc"));
    expect(rotated.unsign(rotated.sign("abc"))).toBe("abc");
  });

  test("refuses what a forgotten key signed", () => {
    expect(() => rotated.unsign(new Signer({ key: "oldest" }).sign("abc"))).toThrow(BadSignature);
  });
});

describe("Signer's objects", () => {
  const signer = new Signer({ key });

  test.each([false, true])("come back as they were, compress: %j", (compress) => {
    const random = new Random(2);
    const values = Array.from({ length: 500 }, () => randomJson(random));

    const signed = values.map((value) => signer.signObject(value, { compress }));

    expect(signed.map((text) => signer.unsignObject(text))).toEqual(values);
    expect(signed.some((text) => text.startsWith("."))).toBe(compress);
  });

  test("are compressed only where that is shorter", () => {
    const options = { compress: true };

    expect(signer.signObject("x".repeat(10), options)).not.toMatch(/^\./);
    expect(signer.signObject("x".repeat(40), options)).toMatch(/^\./);
  });

  test("go through a serializer of one's own", () => {
    const serializer = {
      dumps: (value: unknown) => Buffer.from(`<${String(value)}>`, "latin1"),
      loads: (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1").slice(1, -1),
    };

    const signed = signer.signObject("é", { serializer });

    expect(signed).toMatch(/^POk-:/);
    expect(signer.unsignObject(signed, { serializer })).toBe("é");
  });

  test.each([
    ["no base64", "no base64!"],
    ["base64 that lacks a character", "MTIzN"],
    ["no JSON", Buffer.from("{").toString("base64url")],
    ["no zlib", ".MA"],
    ["zlib cut short", ".eJwFwcERACAIwLCF"],
    ["nothing", ""],
  ])("cannot be read where %s was signed", (_what, payload) => {
    const signed = signer.sign(payload);

    expect(() => signer.unsignObject(signed)).toThrow(InvalidPayload);
    expect(() => signer.unsignObject(signed)).toThrow(BadSignature);
    expect(() => signer.unsignObject(signed)).toThrow("does something else sign with this salt?");
  });

  test("are refused where they are no JSON", () => {
    expect(() => signer.signObject({ at: new Date(0) })).toThrow(UnsignableValue);
  });
});

describe("Signer refuses", () => {
  test.each(["", "-", "abc", "a_b", "[]", "^`"])("the separator %j", (sep) => {
    expect(() => new Signer({ key, sep })).toThrow(UnsafeSeparator);
    expect(() => new Signer({ key, sep })).toThrow(
      `Unsafe Signer separator: ${JSON.stringify(sep)} (cannot be empty or consist of only A-z0-9-_=)`,
    );
  });

  test("an empty key, also among the fallbacks", () => {
    expect(() => new Signer({ key: "" })).toThrow(ImproperlyConfigured);
    expect(() => new Signer({ key: Buffer.alloc(0) })).toThrow("A key to sign with is empty");
    expect(() => new Signer({ key, fallbackKeys: ["old", ""] })).toThrow(ImproperlyConfigured);
  });

  test("an unknown algorithm", () => {
    expect(() => new Signer({ key, algorithm: "whatever" })).toThrow(
      new InvalidAlgorithm("whatever"),
    );
  });

  test("a text that has no UTF-8", () => {
    expect(() => new Signer({ key }).sign("\ud800")).toThrow(UnsignableValue);
  });
});

test("a Signer does not show its key", () => {
  const shown = inspect(new Signer({ key: "very secret" }), { showHidden: true, depth: 5 });

  expect(shown).not.toContain("secret");
  expect(shown).not.toContain("Buffer");
});

/** The signed text with its payload as it was before it was compressed. */
function expand(signed: string): string {
  const [, payload = "", rest] = /^\.([\w-]+)(:.*)?:/.exec(signed) ?? [];
  return `${inflateSync(Buffer.from(payload, "base64url")).toString()}${rest ?? ""}`;
}

function flip(text: string, bit: number): string {
  const index = Math.floor(bit / 16);
  const unit = text.charCodeAt(index) ^ (1 << (bit % 16));
  return text.slice(0, index) + String.fromCharCode(unit) + text.slice(index + 1);
}

function isRight(signer: Signer, text: string): boolean {
  try {
    signer.unsign(text);
    return true;
  } catch (error) {
    if (error instanceof BadSignature) return false;
    throw error;
  }
}
