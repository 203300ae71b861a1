import { describe, expect, test } from "vitest";
import { Http404 } from "../../../../framework/exceptions.ts";
import { HttpResponse } from "../../../../framework/http/response.ts";
import { include, path } from "../../../../framework/urls/path.ts";
import { answerOf, call, makeApplication } from "../../../support/wsgi.ts";

const HTML = { HTTP_ACCEPT: "text/html,*/*;q=0.8" };
const JSON_TYPE = { HTTP_ACCEPT: "application/json" };

describe("the page for a 404", () => {
  const patterns = [
    path("", () => new HttpResponse("home"), { name: "home" }),
    path(
      "tunes/",
      include([path("<slug:slug>/", () => new HttpResponse("tune"), { name: "detail" })], {
        namespace: "tunes",
      }),
    ),
    path("about/", () => new HttpResponse("about")),
  ];

  test("lists patterns with names and namespaces, as text", async () => {
    const application = await makeApplication(patterns, { DEBUG: true });

    const { status, text } = await call(application, { path: "/tunes/a/b" });

    expect(status).toBe("404 Not Found");
    expect(text).toMatch(/^Page not found \(404\) at \/tunes\/a\/b\nNo URL pattern matches/);
    expect(text).toMatch(
      /\n {2}tunes\/ <slug:slug>\/ \[name='detail'\] \(\S*not-found\.test\.ts:\d+\)\n/,
    );
    expect(text).toContain("(empty) [name='home']");
  });

  test.each([
    ["/tunez/nuages/", ["/tunes/nuages/"]],
    ["/tunes/nuages", ["/tunes/nuages/"]],
    ["/About/", ["/about/"]],
    ["/abuot", ["/about/"]],
    ["/something/else/entirely", []],
  ])("suggests for %s what exists: %j", async (wanted, suggestions) => {
    const application = await makeApplication(patterns, { DEBUG: true });

    const { text } = await call(application, { path: wanted, environ: JSON_TYPE });

    expect(JSON.parse(text)).toMatchObject({ error: { status: 404, suggestions } });
  });

  test("links its suggestions, escaped", async () => {
    const application = await makeApplication(patterns, { DEBUG: true });

    const { text } = await call(application, { path: "/tunez/nuages/", environ: HTML });

    expect(text).toContain('Did you mean <a href="/tunes/nuages/">/tunes/nuages/</a>?');
  });

  test("gives the reason and the view, and no patterns, when a view said so", async () => {
    function tuneDetail(): never {
      throw new Http404("no tune 9");
    }

    const { text } = await answerOf(tuneDetail, { DEBUG: true });

    expect(text).toContain("no tune 9");
    expect(text).toContain("Raised during: tuneDetail");
    expect(text).not.toContain("Tried, in this order");
  });
});

describe("the welcome page", () => {
  test("is shown at every path while there are no patterns", async () => {
    const application = await makeApplication([], { DEBUG: true });

    const { status, text } = await call(application, { path: "/any/", environ: HTML });

    expect(status).toBe("200 OK");
    expect(text).toContain("It swings.");
    expect(text).toContain("&lt;str:name&gt;");
    expect(text).toContain("{% extends &quot;base.html&quot; %}");
    expect(text).toContain('<link rel="icon" href="data:image/svg+xml,');
  });
});
