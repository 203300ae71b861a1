import { describe, expect, test } from "vitest";
import type { Middleware } from "../../../framework/conf/settings.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { setDefaultResolver, withResolver } from "../../../framework/urls/current-site.ts";
import { include, path } from "../../../framework/urls/path.ts";
import { isValidPath, resolve } from "../../../framework/urls/resolve.ts";
import { Resolver404, URLResolver } from "../../../framework/urls/resolver.ts";
import { reverse } from "../../../framework/urls/reverse.ts";
import { call, makeApplication, makeRequest } from "../../support/wsgi.ts";
import { TemporaryFolder } from "../../support/projects.ts";

const view = (): null => null;
const say = (text: () => string) => (): HttpResponse => new HttpResponse(text());

const polls = [
  path(
    "",
    say(() => reverse("polls:index")),
    { name: "index" },
  ),
] as const;
const sitePatterns = [
  path(
    "home/",
    say(() => reverse("home", {}, { query: { a: "é" }, fragment: "" })),
    { name: "home" },
  ),
  path("one/", include(polls, { appName: "polls", namespace: "one" })),
  path("two/", include(polls, { appName: "polls", namespace: "two" })),
] as const;

describe("in a request", () => {
  test("URLs begin where the site is mounted", async () => {
    const application = await makeApplication(sitePatterns);

    const answer = await call(application, {
      path: "/home/",
      environ: { SCRIPT_NAME: "/my shop" },
    });

    expect(answer.text).toBe("/my%20shop/home/?a=%C3%A9#");
  });

  test("FORCE_SCRIPT_NAME counts more than the server, and counts outside of requests too", async () => {
    const application = await makeApplication(sitePatterns, { FORCE_SCRIPT_NAME: "/forced" });

    const answer = await call(application, { path: "/home/", environ: { SCRIPT_NAME: "/shop" } });

    expect(answer.text).toBe("/forced/home/?a=%C3%A9#");
    expect(reverse("home")).toBe("/forced/home/");
  });

  test.each(["/one/", "/two/"])(
    "an application's name means the instance at work: %s",
    async (url) => {
      expect((await call(await makeApplication(sitePatterns), { path: url })).text).toBe(url);
    },
  );

  test("request.currentApp and the currentApp option say otherwise, the latter before the former", async () => {
    const patterns = [
      ...sitePatterns,
      path("ask/", (request: HttpRequest) => {
        request.currentApp = "one";
        return new HttpResponse(
          `${reverse("polls:index")} ${reverse("polls:index", {}, { currentApp: "two" })}`,
        );
      }),
    ];

    const answer = await call(await makeApplication(patterns), { path: "/ask/" });

    expect(answer.text).toBe("/one/ /two/");
  });

  test("the patterns that a middleware gives the request are the ones that are asked", async () => {
    const other = {
      urlpatterns: [
        path(
          "other/",
          say(() => `${reverse("home")} ${resolve("/other/").urlName}`),
          {
            name: "home",
          },
        ),
      ],
    };
    const choose: Middleware = (getResponse) => (request) => {
      request.urlconf = other;
      return getResponse(request);
    };
    const application = await makeApplication(sitePatterns, { MIDDLEWARE: [choose] });

    expect((await call(application, { path: "/other/" })).text).toBe("/other/ home");
    expect((await call(application, { path: "/home/" })).status).toBe("404 Not Found");
  });
});

describe("{% url %}", () => {
  test("asks the patterns of the request, from its mount point, for its instance", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "page.html": '{% url "polls:index" %} {% url "home" %}' });
    const render = (request: HttpRequest): HttpResponse =>
      new HttpResponse(request.app.templates.renderToString("page.html", {}, request));
    const below = [path("", render, { name: "index" })];
    const other = {
      urlpatterns: [
        path("root/", view, { name: "home" }),
        path("a/", include(below, { appName: "polls", namespace: "a" })),
        path("b/", include(below, { appName: "polls", namespace: "b" })),
      ],
    };
    const choose: Middleware = (getResponse) => (request) => {
      request.urlconf = other;
      return getResponse(request);
    };
    const application = await makeApplication(sitePatterns, {
      MIDDLEWARE: [choose],
      TEMPLATES: { DIRS: [folder.path] },
    });

    const answer = await call(application, { path: "/a/", environ: { SCRIPT_NAME: "/x" } });

    expect(answer.text).toBe("/x/a/ /x/root/");
  });
});

describe("resolve and reverse", () => {
  const resolver = new URLResolver([path("a/<int:n>/", view, { name: "a" })]);

  test("ask the site at work, outside of requests the one built last", async () => {
    setDefaultResolver(resolver);

    const inside = withResolver(new URLResolver([path("b/", view)]), () => isValidPath("/b/"));

    expect(inside).toBe(true);
    expect(isValidPath("/b/")).toBe(false);
    expect(resolve("/a/3/").params).toEqual({ n: 3 });
    expect(() => resolve("/b/")).toThrow(Resolver404);
  });

  test("take a URLconf of their own", () => {
    const urlconf = { urlpatterns: [path("c/", view, { name: "c" })] };

    expect(resolve("/c/", { urlconf }).urlName).toBe("c");
    expect(isValidPath("/a/3/", { urlconf })).toBe(false);
    expect(reverse("c", {}, { urlconf })).toBe("/c/");
  });

  test("a view is reversed by itself", () => {
    const urlconf = { urlpatterns: [path("v/<int:n>/", view)] };

    expect(reverse(view, { n: 1 }, { urlconf })).toBe("/v/1/");
  });

  test("a fragment that is no text is refused", () => {
    const urlconf = { urlpatterns: [path("", view, { name: "x" })] };

    expect(() => reverse("x", {}, { urlconf, fragment: 5 as never })).toThrow(
      "fragment must be a string; found 5",
    );
  });
});

test("a request made by hand is mounted where one says", () => {
  const request = makeRequest({ environ: { SCRIPT_NAME: "/caf\xc3\xa9" } });

  expect(request.scriptName).toBe("/café");
  request.scriptName = "/other";
  expect(request.scriptName).toBe("/other");
});
