import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../../framework/http/response.ts";
import {
  condition,
  conditionalPage,
  etag,
  lastModified,
} from "../../../../framework/views/decorators/conditional.ts";
import type { View } from "../../../../framework/urls/route-params.ts";
import { LOG_WARNINGS, answerOf, makeRequest } from "../../../support/wsgi.ts";

const MODIFIED = new Date("2007-10-21T23:21:47.500Z");
const DATE = "Sun, 21 Oct 2007 23:21:47 GMT";
const LATER = "Mon, 18 Oct 2010 16:56:23 GMT";
const EARLIER = "Sat, 20 Oct 2007 00:00:00 GMT";
const ETAG = '"b4246ffc4f62314ca13147c9d4f76974"';
const WEAK = `W/${ETAG}`;
const OTHER = '"7fae4cd4b0f81e7d2914700043aa8ed6"';

type Conditions = Record<string, string>;
const ok = () => new HttpResponse("full");
const both = condition({ etag: () => ETAG, lastModified: () => MODIFIED }, ok);
const ask = (view: View, environ: Conditions = {}, method: string = "GET") =>
  answerOf(view, LOG_WARNINGS, { method, environ });

/** Django's own cases (tests/conditional_processing/tests.py). */
describe("condition", () => {
  test.each<[conditions: Conditions, status: number]>([
    [{}, 200],
    [{ HTTP_IF_MODIFIED_SINCE: DATE }, 304],
    [{ HTTP_IF_MODIFIED_SINCE: LATER }, 304],
    [{ HTTP_IF_MODIFIED_SINCE: EARLIER }, 200],
    [{ HTTP_IF_MODIFIED_SINCE: "Mon, 28 May 2O12 28:16:22 GMT" }, 200],
    [{ HTTP_IF_UNMODIFIED_SINCE: LATER }, 200],
    [{ HTTP_IF_UNMODIFIED_SINCE: EARLIER }, 412],
    [{ HTTP_IF_NONE_MATCH: ETAG }, 304],
    [{ HTTP_IF_NONE_MATCH: OTHER }, 200],
    [{ HTTP_IF_NONE_MATCH: `${OTHER}, ${ETAG}` }, 304],
    [{ HTTP_IF_NONE_MATCH: WEAK }, 304],
    [{ HTTP_IF_NONE_MATCH: "*" }, 304],
    [{ HTTP_IF_NONE_MATCH: '"""' }, 200],
    [{ HTTP_IF_MATCH: ETAG }, 200],
    [{ HTTP_IF_MATCH: OTHER }, 412],
    [{ HTTP_IF_MATCH: "*" }, 200],
    [{ HTTP_IF_MATCH: WEAK }, 412],
    [{ HTTP_IF_MODIFIED_SINCE: DATE, HTTP_IF_NONE_MATCH: ETAG }, 304],
    [{ HTTP_IF_MODIFIED_SINCE: EARLIER, HTTP_IF_NONE_MATCH: ETAG }, 304],
    [{ HTTP_IF_MODIFIED_SINCE: DATE, HTTP_IF_NONE_MATCH: OTHER }, 200],
    [{ HTTP_IF_UNMODIFIED_SINCE: EARLIER, HTTP_IF_MATCH: ETAG }, 200],
    [{ HTTP_IF_UNMODIFIED_SINCE: LATER, HTTP_IF_MATCH: OTHER }, 412],
    [{ HTTP_IF_MATCH: ETAG, HTTP_IF_NONE_MATCH: ETAG }, 304],
  ])("answers %j with %i", async (conditions, status) => {
    const answer = await ask(both, conditions);

    expect(answer.status).toMatch(String(status));
    expect(answer.text).toBe(status === 200 ? "full" : "");
    expect(answer.header("ETag")).toBe(ETAG);
    expect(answer.header("Last-Modified")).toBe(DATE);
  });

  test("does not call the view for who has its answer", async () => {
    let calls = 0;
    const view = etag(
      () => ETAG,
      () => {
        calls += 1;
        return ok();
      },
    );

    await ask(view, { HTTP_IF_NONE_MATCH: ETAG });
    await ask(view, { HTTP_IF_MATCH: OTHER }, "PUT");

    expect(calls).toBe(0);
  });

  test("keeps an outdated PUT from being done, and logs it", async () => {
    const answer = await ask(both, { HTTP_IF_MATCH: OTHER }, "PUT");

    expect(answer.status).toMatch(/^412/);
    expect(answer.header("ETag")).toBeUndefined();
    expect(answer.errors).toBe("Precondition Failed: /\n");
  });

  test("gives the answer to a POST no validators", async () => {
    const answer = await ask(both, {}, "POST");

    expect(answer.header("ETag")).toBeUndefined();
    expect(answer.header("Last-Modified")).toBeUndefined();
  });

  test("keeps the validators that the view has set", async () => {
    const view = condition(
      { etag: () => ETAG, lastModified: () => MODIFIED },
      () => new HttpResponse("", { headers: { ETag: '"own"', "Last-Modified": LATER } }),
    );

    const answer = await ask(view);

    expect(answer.header("ETag")).toBe('"own"');
    expect(answer.header("Last-Modified")).toBe(LATER);
  });

  test("gives its functions what the view gets", async () => {
    const view = condition<{ pk: number }>({ etag: (_request, { pk }) => String(pk) }, ok);

    const response = view(makeRequest(), { pk: 7 });

    expect(response.headers.get("ETag")).toBe('"7"');
  });
});

describe("etag and lastModified", () => {
  test("put quotes around a tag without", async () => {
    expect((await ask(etag(() => "abc", ok))).header("ETag")).toBe('"abc"');
    expect((await ask(etag(() => 'W/"abc"', ok))).header("ETag")).toBe('W/"abc"');
  });

  test.each([undefined, null])("take %s for no validator", async (nothing) => {
    const tag = await ask(
      etag(() => nothing, ok),
      { HTTP_IF_NONE_MATCH: ETAG },
    );
    const date = await ask(
      lastModified(() => nothing, ok),
      { HTTP_IF_MODIFIED_SINCE: LATER },
    );

    expect([tag.text, date.text]).toEqual(["full", "full"]);
    expect(tag.header("ETag")).toBeUndefined();
    expect(date.header("Last-Modified")).toBeUndefined();
  });

  test("may be asynchronous, each for itself", async () => {
    const view = condition({ etag: async () => ETAG, lastModified: () => MODIFIED }, ok);

    expect((await ask(view, { HTTP_IF_NONE_MATCH: ETAG })).status).toMatch(/^304/);
    expect((await ask(view)).header("Last-Modified")).toBe(DATE);
    expect(both(makeRequest(), {})).toBeInstanceOf(HttpResponse);
  });

  test("stand inside each other: both are heard", async () => {
    const view = etag(
      () => ETAG,
      lastModified(() => MODIFIED, ok),
    );

    expect((await ask(view, { HTTP_IF_NONE_MATCH: ETAG })).status).toMatch(/^304/);
    expect((await ask(view, { HTTP_IF_MODIFIED_SINCE: LATER })).status).toMatch(/^304/);
  });
});

describe("conditionalPage", () => {
  test("makes the tag from the content", async () => {
    const view = conditionalPage(() => new HttpResponse("abc"));
    const tag = '"900150983cd24fb0d6963f7d28e17f72"';

    expect((await ask(view)).header("ETag")).toBe(tag);
    expect((await ask(view, { HTTP_IF_NONE_MATCH: tag })).status).toMatch(/^304/);
  });

  test("waits for a template to be rendered", () => {
    const callbacks: ((response: HttpResponse) => unknown)[] = [];
    const lazy = Object.assign(new HttpResponse(""), {
      isRendered: false,
      addPostRenderCallback: (callback: (response: HttpResponse) => unknown) =>
        callbacks.push(callback),
    });

    const response = conditionalPage(() => lazy)(makeRequest(), {});
    lazy.content = "abc";
    for (const callback of callbacks) callback(lazy);

    expect(response).toBe(lazy);
    expect(lazy.headers.get("ETag")).toBe('"900150983cd24fb0d6963f7d28e17f72"');
  });
});
