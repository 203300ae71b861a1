import { describe, expect, test } from "vitest";
import type { Middleware } from "../../../framework/conf/settings.ts";
import { csrfMiddleware } from "../../../framework/csrf/middleware.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { JsonResponse } from "../../../framework/http/responses.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { render } from "../../../framework/shortcuts.ts";
import { Client } from "../../../framework/testing/client.ts";
import { overrideSettings } from "../../../framework/testing/override-settings.ts";
import { path } from "../../../framework/urls/path.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { type Echo, echo, hello, siteOf } from "./sites.ts";

const site = siteOf([path("hello/", hello, { name: "hello" }), path("echo/", echo)]);

class Mishap extends Error {}

const failing = siteOf([
  path("", () => {
    throw new Mishap("in the view");
  }),
]);

describe("Client", () => {
  test("gets the response of the whole site", async () => {
    const response = await new Client(site).get("/hello/");

    expect(response.status).toBe(200);
    expect(response.reason).toBe("OK");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.text).toBe("hello");
    expect(response.content).toEqual(Buffer.from("hello"));
    expect(response.streaming).toBe(false);
  });

  test("answers to testserver, whatever hosts are allowed, and to no other", async () => {
    const strict = overrideSettings(site, {
      ALLOWED_HOSTS: ["example.com"],
      MIDDLEWARE: [commonMiddleware],
    });
    const client = new Client(strict);

    const statuses = [
      await client.get("/hello/"),
      await client.get("/hello/", { headers: { Host: "example.com" } }),
      await client.get("/hello/", { headers: { Host: "evil.example" } }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([200, 200, 400]);
    expect(client.errors).toContain("Invalid HTTP_HOST header: 'evil.example'");
  });

  test("runs with DEBUG off, unless the test asks for it", async () => {
    const debug = siteOf([path("hello/", hello)], { DEBUG: true });

    const [off, on] = [
      await new Client(debug).get("/nowhere/", { headers: { Accept: "text/html" } }),
      await new Client(overrideSettings(debug, { DEBUG: true })).get("/nowhere/"),
    ];

    expect(off.text).toContain("<h1>Not Found</h1>");
    expect(on.text).toContain("Tried, in this order:");
  });

  test("sends forms, files and JSON, and reads JSON", async () => {
    const client = new Client(site);

    const form = await client.post("/echo/", { a: "1", file: new File(["text"], "a.txt") });
    const json = await client.put("/echo/?q=1", { a: 1 });

    expect(form.json<Echo>()).toMatchObject({
      method: "POST",
      post: { a: ["1"] },
      files: [["file", "a.txt", "text/plain", "text"]],
    });
    expect(json.json<Echo>()).toMatchObject({
      method: "PUT",
      path: "/echo/?q=1",
      type: "application/json",
      length: "7",
      body: '{"a":1}',
    });
  });

  test("sends its own headers with every request", async () => {
    const client = new Client(site, { headers: { "X-Test": "1", "X-Other": "1" }, secure: true });

    const found = (await client.get("/echo/", { headers: { "X-Other": "2" } })).json<Echo>();

    expect(found.headers).toMatchObject({ "X-Test": "1", "X-Other": "2" });
    expect(found.secure).toBe(true);
  });

  test("keeps cookies between requests, also those that a test sets", async () => {
    const counting = siteOf([
      path("", (request) => {
        const count = Number(request.COOKIES.count ?? 0) + 1;
        return new HttpResponse(String(count)).setCookie("count", String(count));
      }),
      path("forget/", () => new HttpResponse("").deleteCookie("count")),
    ]);
    const client = new Client(counting);

    const texts = [(await client.get("/")).text, (await client.get("/")).text];
    client.cookies.set("count", "41");
    texts.push((await client.get("/")).text);
    const forgotten = await client.get("/forget/");
    texts.push((await client.get("/")).text);

    expect(texts).toEqual(["1", "2", "42", "1"]);
    expect(forgotten.cookies.get("count")?.value).toBe("");
  });

  test("has no cookies of another client", async () => {
    const view = () => new HttpResponse("").setCookie("a", "1");
    const cookies = siteOf([path("", view), path("echo/", echo)]);

    await new Client(cookies).get("/");

    expect((await new Client(cookies).get("/echo/")).json<Echo>().cookies).toEqual({});
  });

  test("runs any WSGI application", async () => {
    const application: WSGIApplication = (environ, startResponse) => {
      void startResponse("200 OK", [["Content-Type", "text/plain"]])(Buffer.from("written, "));
      return [Buffer.from(environ.PATH_INFO)];
    };

    const response = await new Client(application).get("/x");

    expect(response.text).toBe("written, /x");
    expect(response.wsgiRequest).toBeUndefined();
  });

  test.each<[string, WSGIApplication, string]>([
    ["no status", () => [], "without calling startResponse()"],
    [
      "a status that is none",
      (_environ, start) => (start("200", []), []),
      "a status is three digits",
    ],
    [
      "a bad header",
      (_environ, start) => (start("200 OK", [["A", "\n"]]), []),
      "the header A cannot have",
    ],
    [
      "text instead of bytes",
      (_environ, start) => (start("200 OK", []), ["text" as unknown as Uint8Array]),
      "A response body consists of bytes",
    ],
  ])("holds an application to PEP 3333: %s", async (_what, application, message) => {
    await expect(new Client(application).get("/")).rejects.toThrow(message);
  });

  test("reports what is no site", async () => {
    const nothing = { MIDDLEWARE: [] } as unknown as typeof site;

    await expect(new Client(nothing).get("/")).rejects.toThrow(
      "A test client takes settings made by defineSettings",
    );
  });
});

describe("what only a test can see", () => {
  test("is the request, its match, and the response as an object", async () => {
    const response = await new Client(site).get("/hello/?a=1");

    expect(response.request).toMatchObject({ PATH_INFO: "/hello/", QUERY_STRING: "a=1" });
    expect(response.wsgiRequest?.GET.get("a")).toBe("1");
    expect(response.resolverMatch?.viewName).toBe("hello");
    expect(response.wsgiResponse).toBeInstanceOf(HttpResponse);
  });

  test("are the templates and their contexts", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": "{{ x }}", "b.html": "{{ y }}" });
    const templates = siteOf(
      [
        path("", (request) => {
          render(request, "a.html", { x: 1, y: 1 });
          return render(request, "b.html", { y: 2, z: 3 });
        }),
        path("hello/", hello),
      ],
      { TEMPLATES: { DIRS: [folder.path] } },
    );
    const client = new Client(templates);

    const response = await client.get("/");

    expect(response.templates).toEqual(["a.html", "b.html"]);
    expect(response.context).toMatchObject({ x: 1, y: 1, z: 3 });
    expect(response.contexts.map(({ y }) => y)).toEqual([1, 2]);
    expect((await client.get("/hello/")).templates).toEqual([]);
  });

  test("belongs to its own request when several are under way", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": "{{ n }}" });
    const waiting = siteOf(
      [
        path("<int:n>/", async (request, { n }) => {
          await new Promise((resolve) => setTimeout(resolve, 20 - n));
          return render(request, "a.html", { n });
        }),
      ],
      { TEMPLATES: { DIRS: [folder.path] } },
    );
    const client = new Client(waiting);

    const responses = await Promise.all([1, 5, 9].map((n) => client.get(`/${n}/`)));

    expect(responses.map(({ contexts }) => contexts.map(({ n }) => n))).toEqual([[1], [5], [9]]);
  });
});

describe("an error in a view", () => {
  test("is thrown at the test, as it was thrown", async () => {
    const error: unknown = await new Client(failing).get("/").catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(Mishap);
    expect((error as Error).stack).toContain("client.test.ts");
  });

  test("is a 500 with raiseRequestException: false", async () => {
    const response = await new Client(failing, { raiseRequestException: false }).get("/");

    expect(response.status).toBe(500);
    expect(response.exceptionInfo).toBeInstanceOf(Mishap);
  });

  test("that is answered with less than 500 is no error of the test", async () => {
    const response = await new Client(site).get("/nowhere/");

    expect(response.status).toBe(404);
    expect(response.exceptionInfo).toBeUndefined();
  });

  test("closes the response", async () => {
    let closed = 0;
    const closing: Middleware = (getResponse) => async (request) =>
      (await getResponse(request)).onClose(() => void (closed += 1));
    const settings = overrideSettings(failing, { MIDDLEWARE: [closing] });

    await new Client(settings).get("/").catch(() => undefined);

    expect(closed).toBe(1);
  });
});

describe("CSRF checks", () => {
  const guarded = overrideSettings(site, { MIDDLEWARE: [csrfMiddleware] });

  test("are off, unless the client wants them", async () => {
    const [off, on] = [
      await new Client(guarded).post("/hello/", {}),
      await new Client(guarded, { enforceCsrfChecks: true }).post("/hello/", {}),
    ];

    expect([off.status, on.status]).toEqual([200, 403]);
  });

  test("are passed as a browser passes them", async () => {
    const shown = siteOf(
      [path("", (request) => new JsonResponse({ token: request.getCsrfToken?.() }))],
      { MIDDLEWARE: [csrfMiddleware] },
    );
    const client = new Client(shown, { enforceCsrfChecks: true });

    const { token } = (await client.get("/")).json<{ token: string }>();
    const response = await client.post("/", { csrfmiddlewaretoken: token });

    expect(response.status).toBe(200);
  });
});
