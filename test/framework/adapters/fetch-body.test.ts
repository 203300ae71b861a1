import { describe, expect, test } from "vitest";
import { toFetchHandler } from "../../../framework/adapters/fetch-handler.ts";
import { openBody, turns } from "../../support/fetch-messages.ts";
import { answer, echo } from "../../support/message-contract.ts";

const URL = "http://example.com/";

describe("toFetchHandler and the request body", () => {
  test("leaves one that nobody reads to others", async () => {
    const request = new Request(URL, { method: "POST", body: "for others" });

    await toFetchHandler(answer([]))(request);

    expect(await request.text()).toBe("for others");
  });

  test("stops the source of one that was read in part", async () => {
    const { body, cancelled } = openBody("part");
    const handler = toFetchHandler(
      echo(async (environ) => {
        return String(await environ["wsgi.input"].read(2));
      })(),
    );

    const response = await handler(new Request(URL, { method: "POST", body, duplex: "half" }));

    expect(await response.json()).toBe("pa");
    await turns();
    expect(cancelled).toHaveBeenCalledOnce();
  });

  test("reports one that breaks, and answers 500", async () => {
    const reported: string[] = [];
    const errors = { write: (text: string) => void reported.push(text) };
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
    const handler = toFetchHandler(echo((environ) => environ["wsgi.input"].read())(), { errors });

    const response = await handler(new Request(URL, { method: "POST", body, duplex: "half" }));

    expect(response.status).toBe(500);
    expect(reported.join("")).toMatch(/in the middle of its request body[^]*cut/);
  });

  test("refuses pieces that are no bytes", async () => {
    const reported: string[] = [];
    const errors = { write: (text: string) => void reported.push(text) };
    const body = new ReadableStream({ start: (controller) => controller.enqueue("text") });
    const handler = toFetchHandler(echo((environ) => environ["wsgi.input"].read())(), { errors });

    const response = await handler(new Request(URL, { method: "POST", body, duplex: "half" }));

    expect(response.status).toBe(500);
    expect(reported.join("")).toContain("found a string");
  });
});
