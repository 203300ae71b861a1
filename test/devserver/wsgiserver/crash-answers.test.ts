import { describe, expect, test } from "vitest";
import { crashAnswers } from "../../../devserver/wsgiserver/crash-answers.ts";
import type { StartResponse } from "../../../framework/wsgi.ts";
import { makeEnviron } from "../../support/wsgi.ts";

/** A startResponse that records. */
function recorder(): { startResponse: StartResponse; sent: string[] } {
  const sent: string[] = [];
  const startResponse: StartResponse = (status) => {
    sent.push(status);
    return (data) => void sent.push(Buffer.from(data).toString());
  };
  return { startResponse, sent };
}

describe("crashAnswers", () => {
  test("answers requests whose application has not returned", async () => {
    const { startResponse, sent } = recorder();
    const { promise, resolve } = Promise.withResolvers<Buffer[]>();
    const answers = crashAnswers(() => promise);
    const running = answers.application(makeEnviron().environ, startResponse);

    answers.answer();
    resolve([]);
    await running;

    expect(sent).toEqual([
      "500 Internal Server Error",
      "The server process ended while it worked on this request.\n",
    ]);
  });

  test("leaves those alone that have returned, at once or later", async () => {
    const { startResponse, sent } = recorder();
    const atOnce = crashAnswers(() => []);
    const later = crashAnswers(async () => []);
    const failing = crashAnswers(() => {
      throw new Error("as planned");
    });
    expect(() => failing.application(makeEnviron().environ, startResponse)).toThrow("as planned");
    void atOnce.application(makeEnviron().environ, startResponse);
    await later.application(makeEnviron().environ, startResponse);

    atOnce.answer();
    later.answer();
    failing.answer();

    expect(sent).toEqual([]);
  });

  test("goes on with the others when one has been answered already", () => {
    const { startResponse, sent } = recorder();
    const refusing: StartResponse = () => {
      throw new Error("headers were sent");
    };
    const answers = crashAnswers(() => new Promise(() => undefined));
    void answers.application(makeEnviron().environ, refusing);
    void answers.application(makeEnviron().environ, startResponse);

    answers.answer();

    expect(sent).toHaveLength(2);
  });
});
