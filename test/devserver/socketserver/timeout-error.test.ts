import { expect, test } from "vitest";
import { TimeoutError } from "../../../devserver/socketserver/timeout-error.ts";

test("TimeoutError says how long was waited, under the system's code", () => {
  const error = new TimeoutError(1500);

  expect(error.message).toBe("timed out after 1500 ms");
  expect(error.code).toBe("ETIMEDOUT");
});
