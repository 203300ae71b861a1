import { describe, expect, test } from "vitest";
import { Base64Decoder } from "../../../../framework/http/uploads/base64-decoder.ts";
import { Random } from "../../../support/random.ts";

function decode(pieces: readonly Buffer[]): Buffer {
  const decoder = new Base64Decoder();
  const decoded = pieces.map((piece) => decoder.decode(piece));
  decoder.end();
  return Buffer.concat(decoded);
}

describe("Base64Decoder", () => {
  test("gives the same bytes however the text is split, line breaks included", () => {
    const random = new Random(1);
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(Array.from({ length: random.below(100) }, () => random.below(256)));
      const text = bytes.toString("base64").replaceAll(/.{20}/g, "$&\r\n");

      const decoded = decode(random.split(Buffer.from(text), 7));

      expect(decoded.equals(bytes)).toBe(true);
    }
  });

  test.each(["YQ", "Y", "YQ=", "Y===", "YQ==YQ==", "Y-_Q", "YWJj!", "=YWJ"])(
    "refuses %j",
    (text) => {
      expect(() => decode([Buffer.from(text)])).toThrow("Could not decode base64 data.");
      expect(() => decode(Array.from(text, (character) => Buffer.from(character)))).toThrow(
        "Could not decode base64 data.",
      );
    },
  );
});
