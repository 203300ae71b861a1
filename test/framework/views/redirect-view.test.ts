import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import { path } from "../../../framework/urls/path.ts";
import { RedirectView } from "../../../framework/views/redirect-view.ts";
import type { InitKwargs } from "../../../framework/views/view.ts";
import {
  LOG_WARNINGS,
  type Answer,
  call,
  makeApplication,
  type RequestSketch,
} from "../../support/wsgi.ts";

type Options = InitKwargs<RedirectView>;

async function ask(options: Options, sketch: RequestSketch = {}): Promise<Answer> {
  const application = await makeApplication(
    [
      path("new/<int:pk>/", () => new HttpResponse(), { name: "new" }),
      path("<int:pk>/", RedirectView.asView(options)),
      path("any/<path:rest>", RedirectView.asView(options)),
      path("", RedirectView.asView(options)),
    ],
    LOG_WARNINGS,
  );
  return await call(application, sketch);
}

describe("RedirectView", () => {
  test.each<
    [options: Options, sketch: RequestSketch, status: string, location: string | undefined]
  >([
    [{}, {}, "410 Gone", undefined],
    [{ url: "/bar/" }, {}, "302 Found", "/bar/"],
    [{ url: "/bar/", permanent: true }, {}, "301 Moved Permanently", "/bar/"],
    [{ url: "/bar/", preserveRequest: true }, {}, "307 Temporary Redirect", "/bar/"],
    [{ url: "/bar/" }, { query: "pork=spam" }, "302 Found", "/bar/"],
    [{ url: "/bar/", queryString: true }, { query: "pork=spam" }, "302 Found", "/bar/?pork=spam"],
    [{ url: "/bar/?a=1", queryString: true }, { query: "b=2" }, "302 Found", "/bar/?a=1&b=2"],
    [{ url: "/bar/", queryString: true }, {}, "302 Found", "/bar/"],
    [
      { url: "/bar/", queryString: true },
      { query: "unicode=%E2%9C%93" },
      "302 Found",
      "/bar/?unicode=%E2%9C%93",
    ],
    [{ url: "/bar/%(pk)s/?%%" }, { path: "/42/" }, "302 Found", "/bar/42/?%"],
    [{ patternName: "new" }, { path: "/42/" }, "302 Found", "/new/42/"],
    [{ url: "/%(rest)s" }, { path: "/any/a b?#%é" }, "302 Found", "/a%20b%3F%23%25%C3%A9"],
    [{ url: "/%(rest)s" }, { path: "/any//evil.com/" }, "302 Found", "/%2Fevil.com/"],
    [{ url: "//cdn.example.com/%(rest)s" }, { path: "/any/x" }, "302 Found", "//cdn.example.com/x"],
  ])("%j answers %j with %s %s", async (options, sketch, status, location) => {
    const answer = await ask(options, { ...sketch, path: latin1(sketch.path ?? "/") });

    expect(answer.status).toBe(status);
    expect(answer.header("Location")).toBe(location);
  });

  test.each(["HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"])(
    "answers %s too",
    async (method) => {
      expect((await ask({ url: "/bar/" }, { method })).status).toBe("302 Found");
      expect((await ask({}, { method })).status).toBe("410 Gone");
    },
  );

  test("says in the log what is gone", async () => {
    expect((await ask({}, { path: "/42/" })).errors).toContain("Gone: /42/");
  });

  test("names what the route does not capture", async () => {
    const answer = await ask({ url: "/%(slug)s/" }, { path: "/42/" });

    expect(answer.status).toMatch(/^500/);
    expect(answer.errors).toContain(
      `the url "/%(slug)s/" names 'slug', which the route does not capture`,
    );
  });

  test("may find out where to, in its own way and time", async () => {
    class Random extends RedirectView {
      override async getRedirectUrl(): Promise<string> {
        return "/somewhere/";
      }
    }
    const application = await makeApplication([path("", Random.asView())]);

    expect((await call(application)).header("Location")).toBe("/somewhere/");
  });
});

/** What an environ has: the bytes of UTF-8, as latin-1. */
function latin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
