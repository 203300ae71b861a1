import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import {
  createXFrameOptionsMiddleware,
  xFrameOptionsMiddleware,
} from "../../../framework/middleware/frame-options.ts";
import { answerOf } from "../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");
const MIDDLEWARE = [xFrameOptionsMiddleware];

describe("xFrameOptionsMiddleware", () => {
  test.each(["DENY", "SAMEORIGIN"] as const)(
    "sends %s where the settings say so",
    async (value) => {
      const answer = await answerOf(ok, { MIDDLEWARE, X_FRAME_OPTIONS: value });

      expect(answer.header("X-Frame-Options")).toBe(value);
    },
  );

  test("denies where the settings say nothing", async () => {
    expect((await answerOf(ok, { MIDDLEWARE })).header("X-Frame-Options")).toBe("DENY");
  });

  test("keeps what a view has set", async () => {
    const view = () => new HttpResponse("", { headers: { "x-frame-options": "SAMEORIGIN" } });

    const answer = await answerOf(view, { MIDDLEWARE });

    expect(answer.header("X-Frame-Options")).toBe("SAMEORIGIN");
  });

  test("sends nothing with a response that is exempt", async () => {
    const exempt = (value: boolean) => () =>
      Object.assign(new HttpResponse(), { xframeOptionsExempt: value });

    expect(
      (await answerOf(exempt(true), { MIDDLEWARE })).header("X-Frame-Options"),
    ).toBeUndefined();
    expect((await answerOf(exempt(false), { MIDDLEWARE })).header("X-Frame-Options")).toBe("DENY");
  });

  test("made with a value, takes that", async () => {
    const answer = await answerOf(ok, {
      MIDDLEWARE: [createXFrameOptionsMiddleware({ value: "SAMEORIGIN" })],
    });

    expect(answer.header("X-Frame-Options")).toBe("SAMEORIGIN");
  });
});
