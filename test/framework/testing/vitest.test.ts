import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import { render } from "../../../framework/shortcuts.ts";
import { Client } from "../../../framework/testing/client.ts";
import type { TestResponse } from "../../../framework/testing/test-response.ts";
import "../../../framework/testing/vitest.ts";
import { path } from "../../../framework/urls/path.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { hello, siteOf } from "./sites.ts";

const client = new Client(
  siteOf(
    [
      path("hello/", hello),
      path("twice/", () => new HttpResponse("<p>a <b class='y x'>b</b></p> a")),
      path("permanent/", () => leadTo("/hello/?b=2&a=1", 301)),
      path("see/", () => leadTo("/hello/")),
      path("broken/", () => leadTo("/nowhere/")),
      path("away/", () => leadTo("https://other.example/")),
      path("lost/", () => new HttpResponse("", { status: 302 })),
      path("fail/", () => {
        throw new Error("as asked");
      }),
    ],
    { ALLOWED_HOSTS: ["*"] },
  ),
  { raiseRequestException: false },
);

function leadTo(location: string, status = 302): HttpResponse {
  return new HttpResponse("", { status, headers: { Location: location } });
}

/** What a matcher says when it does not hold. */
async function complaint(
  url: string,
  claim: (response: TestResponse) => unknown,
  follow = false,
): Promise<string> {
  const response = await client.get(url, { follow });
  try {
    await claim(response);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("toHaveStatus", () => {
  test("holds for the status alone", async () => {
    expect(await client.get("/hello/")).toHaveStatus(200);
    expect(await client.get("/hello/")).not.toHaveStatus(404);
  });

  test("shows what came instead", async () => {
    const message = await complaint("/hello/", (response) => expect(response).toHaveStatus(404));

    expect(message).toBe("Response code was 200 (expected 404).\nGET /hello/ → 200 OK\nhello");
  });

  test("shows the error behind a 500", async () => {
    const message = await complaint("/fail/", (response) => expect(response).toHaveStatus(200));

    expect(message).toContain("Error: as asked");
    expect(message).toContain("vitest.test.ts");
  });
});

describe("toRedirectTo", () => {
  test("compares where it leads, as Django does", async () => {
    expect(await client.get("/see/")).toRedirectTo("/hello/");
    expect(await client.get("/see/")).toRedirectTo("http://testserver/hello/");
    expect(await client.get("/permanent/")).toRedirectTo("/hello/?a=1&b=2", { status: 301 });
    expect(await client.get("/away/")).toRedirectTo("https://other.example/");
    expect(await client.get("/see/")).not.toRedirectTo("/");
    expect(await client.get("/hello/")).not.toRedirectTo("/");
  });

  test.each([
    ["/see/", "/", "Response redirected to '/hello/', expected '/'"],
    [
      "/permanent/",
      "/hello/",
      "Response didn't redirect as expected: Response code was 301 (expected 302)",
    ],
    ["/hello/", "/", "Response didn't redirect as expected: Response code was 200 (expected 302)"],
    ["/lost/", "/", "Response didn't redirect as expected: Response has no Location header"],
  ])("says what is wrong with %s", async (from, to, expected) => {
    const message = await complaint(from, (response) => expect(response).toRedirectTo(to));

    expect(message.split("\n")[0]).toBe(expected);
  });

  test("asks for the page that it leads to, if wanted", async () => {
    await expect(await client.get("/see/")).toRedirectTo("/hello/", { fetch: true });
    await expect(await client.get("/broken/")).toRedirectTo("/nowhere/", {
      fetch: true,
      targetStatus: 404,
    });

    const missing = await complaint("/broken/", (response) =>
      expect(response).toRedirectTo("/nowhere/", { fetch: true }),
    );
    const remote = await complaint("/away/", (response) =>
      expect(response).toRedirectTo("https://other.example/", { fetch: true }),
    );

    expect(missing).toBe(
      "Couldn't retrieve redirection page '/nowhere/': response code was 404 (expected 200)",
    );
    expect(remote).toContain("unable to fetch remote URLs (got https://other.example/)");
  });

  test("takes the end of the way when redirects were followed", async () => {
    const followed = await client.get("/see/", { follow: true });

    expect(followed).toRedirectTo("/hello/");
    expect(followed).not.toRedirectTo("/see/");
  });

  test("says what is wrong with the way", async () => {
    const first = await complaint(
      "/see/",
      (response) => expect(response).toRedirectTo("/hello/", { status: 301 }),
      true,
    );
    const last = await complaint(
      "/broken/",
      (response) => expect(response).toRedirectTo("/nowhere/"),
      true,
    );

    expect(first).toBe(
      "Response didn't redirect as expected: Initial response code was 302 (expected 301)",
    );
    expect(last).toMatch(
      /^Response didn't redirect as expected: Final Response code was 404 \(expected 200\)\nGET \/nowhere\/ → 404 Not Found/,
    );
  });
});

describe("toContainText and toContainHtml", () => {
  test("hold for a part of a page with status 200", async () => {
    const response = await client.get("/twice/");

    expect(response).toContainText("<b class='y x'>");
    expect(response).toContainText("a", { count: 3 });
    expect(response).toContainHtml('<b class="x y">b</b>');
    expect(response).toContainHtml("<p>", { count: 1 });
    expect(response).not.toContainText("nothing");
    expect(response).not.toContainHtml("<b>b</b>");
    expect(await client.get("/nowhere/")).toContainText("Not Found", { status: 404 });
  });

  test.each([
    [
      "/hello/",
      (response: TestResponse) => expect(response).toContainText("bye"),
      "Couldn't find 'bye' in the following response",
    ],
    [
      "/twice/",
      (response: TestResponse) => expect(response).toContainText("a", { count: 1 }),
      "Found 3 instances of 'a' (expected 1) in the following response",
    ],
    [
      "/hello/",
      (response: TestResponse) => expect(response).not.toContainText("hello"),
      "'hello' unexpectedly found in the following response",
    ],
    [
      "/hello/",
      (response: TestResponse) => expect(response).toContainHtml("<p>"),
      "Couldn't find '<p>' in the following response",
    ],
    [
      "/nowhere/",
      (response: TestResponse) => expect(response).toContainText("x"),
      "Couldn't retrieve content: Response code was 404 (expected 200).",
    ],
    [
      "/nowhere/",
      (response: TestResponse) => expect(response).not.toContainText("x"),
      "Couldn't retrieve content: Response code was 404 (expected 200).",
    ],
  ])("say what is wrong with %s", async (url, claim, expected) => {
    const message = await complaint(url, claim);

    expect(message.split("\n")[0]).toBe(expected);
    expect(message).toContain(`GET ${url} → `);
  });
});

describe("toUseTemplate", () => {
  test("knows the templates, and names those that were used", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": "a" });
    const templates = new Client(
      siteOf([path("", (request) => render(request, "a.html"))], {
        TEMPLATES: { DIRS: [folder.path] },
      }),
    );

    const response = await templates.get("/");

    expect(response).toUseTemplate("a.html");
    expect(response).not.toUseTemplate("b.html");
    expect(() => expect(response).toUseTemplate("b.html")).toThrow(
      "Template 'b.html' was not a template used to render the response. Actual template(s) used: a.html",
    );
    expect(() => expect(response).not.toUseTemplate("a.html")).toThrow(
      "Template 'a.html' was used unexpectedly in rendering the response.",
    );
    const plain = await client.get("/hello/");
    expect(() => expect(plain).toUseTemplate("b.html")).toThrow(
      "No templates used to render the response.",
    );
  });
});

test("the matchers say so when they are given something else", () => {
  expect(() => expect(client.get("/hello/")).toHaveStatus(200)).toThrow(
    "This matcher is for the response of a test client; found a promise. Is an await missing?",
  );
});

test("a long body is shortened", async () => {
  const long = new Client(siteOf([path("", () => new HttpResponse("x".repeat(5000)))]));
  const response = await long.get("/");

  expect(() => expect(response).toContainText("y")).toThrow("… and 3000 characters more");
});
