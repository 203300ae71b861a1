import { describe, expect, test } from "vitest";
import { setContentLength } from "../../../framework/http/content-length.ts";
import { HttpResponse } from "../../../framework/http/response.ts";

function lengthOf(status: number, headers: Record<string, string> = {}): string | undefined {
  const response = new HttpResponse("é", { status, headers });
  setContentLength(response);
  return response.headers.get("Content-Length");
}

describe("setContentLength", () => {
  test("counts bytes, and leaves a length that is there", () => {
    expect(lengthOf(200)).toBe("2");
    expect(lengthOf(404, { "Content-Length": "7" })).toBe("7");
  });

  test.each([101, 204, 304])("gives a %i none", (status) => {
    expect(lengthOf(status)).toBeUndefined();
  });
});
