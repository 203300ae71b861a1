import { describe, expect, test } from "vitest";
import { HttpResponse, type HttpResponseBase } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import {
  HttpResponseNotFound,
  HttpResponsePermanentRedirect,
} from "../../../framework/http/responses.ts";
import { commonMiddleware, createCommonMiddleware } from "../../../framework/middleware/common.ts";
import { path } from "../../../framework/urls/path.ts";
import { whenReady } from "../../../framework/utils/maybe-promise.ts";
import { LOG_WARNINGS, call, makeApplication } from "../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");
const noSlash = Object.assign(() => new HttpResponse("ok"), { shouldAppendSlash: false });

describe("commonMiddleware", () => {
  const patterns = [
    path("slash/", ok),
    path("noslash", ok),
    path("needsquoting#/", ok),
    path("<str:host>/security/", ok),
    path("gone", () => new HttpResponseNotFound("gone")),
    path("late/", async () => ok()),
    path("api/", noSlash),
  ];
  const settings = { MIDDLEWARE: [commonMiddleware] };

  test.each([
    ["/slash", "test=1", "/slash/?test=1"],
    ["/needsquoting#", "", "/needsquoting%23/"],
    ["/late", "", "/late/"],
  ])("redirects %s to its slash", async (url, query, location) => {
    const answer = await call(await makeApplication(patterns, settings), { path: url, query });

    expect(answer.status).toBe("301 Moved Permanently");
    expect(answer.header("Location")).toBe(location);
  });

  test("never redirects to another site", async () => {
    const answer = await call(await makeApplication([path("<path:any>/", ok)], settings), {
      path: "//evil.com/security",
    });

    expect(answer.header("Location")).toBe("/%2Fevil.com/security/");
  });

  test.each(["/slash/", "/noslash", "/nope", "/gone", "/api"])("leaves %s alone", async (url) => {
    const answer = await call(await makeApplication(patterns, settings), { path: url });

    expect(answer.status).not.toMatch(/^301/);
  });

  test("leaves everything alone with APPEND_SLASH off", async () => {
    const application = await makeApplication(patterns, { ...settings, APPEND_SLASH: false });

    expect((await call(application, { path: "/slash" })).status).toMatch(/^404/);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])(
    "with DEBUG, says that a %s would lose its data",
    async (method) => {
      const application = await makeApplication(patterns, { ...settings, DEBUG: true });

      const answer = await call(application, { path: "/slash", method });

      expect(answer.status).toBe("500 Internal Server Error");
      expect(answer.text).toContain(
        `You called this URL via ${method}, but the URL doesn't end in a slash`,
      );
      expect(answer.text).toContain("testserver/slash/");
    },
  );

  test("refuses a host that is not the site's", async () => {
    const application = await makeApplication(patterns, { ...settings, ALLOWED_HOSTS: ["a.com"] });

    const answer = await call(application, { path: "/slash/" });

    expect(answer.status).toBe("400 Bad Request");
    expect(answer.errors).toContain("Invalid HTTP_HOST header: 'testserver'");
    expect(answer.text).not.toContain("testserver");
  });

  test("keeps method and body where DEBUG is off: 308", async () => {
    const application = await makeApplication(patterns, settings);

    const answer = await call(application, { path: "/slash", method: "POST", query: "a=1" });

    expect(answer.status).toBe("308 Permanent Redirect");
    expect(answer.header("Location")).toBe("/slash/?a=1");
  });

  test("looks the path up in the URLconf that a middleware gave the request", async () => {
    const own = { urlpatterns: [path("own/", ok)] };
    const application = await makeApplication(patterns, {
      MIDDLEWARE: [
        (getResponse) => (request) => {
          request.urlconf = own;
          return getResponse(request);
        },
        commonMiddleware,
      ],
    });

    expect((await call(application, { path: "/own" })).header("Location")).toBe("/own/");
    expect((await call(application, { path: "/slash" })).status).toMatch(/^404/);
  });

  test("redirects below a mount point to below it", async () => {
    const answer = await call(await makeApplication(patterns, settings), {
      path: "/slash",
      environ: { SCRIPT_NAME: "/shop" },
    });

    expect(answer.header("Location")).toBe("/shop/slash/");
  });

  test("has a length for the redirect, and closes the 404 that it replaces", async () => {
    const closed: string[] = [];
    const application = await makeApplication(
      [path("p/", ok), path("<str:other>", notFound)],
      settings,
    );
    function notFound(): HttpResponse {
      return new HttpResponseNotFound("no").onClose(() => void closed.push("closed"));
    }

    const kept = await call(application, { path: "/q" });
    const replaced = await call(await makeApplication([path("p/", ok)], settings), { path: "/p" });

    expect(kept.status).toMatch(/^404/);
    expect(closed).toEqual(["closed"]);
    expect(replaced.header("Content-Length")).toBe("0");
  });
});

describe("commonMiddleware and www.", () => {
  const patterns = [path("path/", ok), path("", ok)];
  const settings = { MIDDLEWARE: [commonMiddleware], PREPEND_WWW: true };

  test.each([
    ["testserver", "/path/", "", "http://www.testserver/path/"],
    ["testserver", "/path/", "a=1", "http://www.testserver/path/?a=1"],
    ["testserver", "/path", "a=1", "http://www.testserver/path/?a=1"],
    ["testserver:8000", "/", "", "http://www.testserver:8000/"],
    ["testserver", "/nope", "", "http://www.testserver/nope"],
  ])("sends %s%s?%s to %s", async (host, url, query, location) => {
    const answer = await call(await makeApplication(patterns, settings), {
      path: url,
      query,
      environ: { HTTP_HOST: host },
    });

    expect(answer.status).toBe("301 Moved Permanently");
    expect(answer.header("Location")).toBe(location);
  });

  test("stays with https", async () => {
    const answer = await call(await makeApplication(patterns, settings), {
      environ: { "wsgi.url_scheme": "https" },
    });

    expect(answer.header("Location")).toBe("https://www.testserver/");
  });

  test("leaves a host that has it alone", async () => {
    const answer = await call(await makeApplication(patterns, settings), {
      environ: { HTTP_HOST: "www.testserver" },
    });

    expect(answer.status).toBe("200 OK");
  });

  test("adds no slash that APPEND_SLASH does not want", async () => {
    const application = await makeApplication(patterns, { ...settings, APPEND_SLASH: false });

    const answer = await call(application, { path: "/path" });

    expect(answer.header("Location")).toBe("http://www.testserver/path");
  });
});

describe("commonMiddleware and unwanted clients", () => {
  const settings = {
    MIDDLEWARE: [commonMiddleware],
    DISALLOWED_USER_AGENTS: [/foo/g, /^bad/i],
  };

  test.each([
    ["foo", "403 Forbidden"],
    ["a foo b", "403 Forbidden"],
    ["BadBot/1.0", "403 Forbidden"],
    ["a BadBot", "200 OK"],
    [undefined, "200 OK"],
  ])("answers %s with %s, each time anew", async (agent, status) => {
    const application = await makeApplication([path("", ok)], settings);
    const sketch = { environ: { HTTP_USER_AGENT: agent } };

    const statuses = [await call(application, sketch), await call(application, sketch)];

    expect(statuses.map((answer) => answer.status)).toEqual([status, status]);
  });

  test("says so in the log", async () => {
    const application = await makeApplication([path("", ok)], { ...settings, ...LOG_WARNINGS });

    const answer = await call(application, { environ: { HTTP_USER_AGENT: "foo" } });

    expect(answer.errors).toContain("Forbidden");
  });
});

describe("commonMiddleware and Content-Length", () => {
  const build = createCommonMiddleware();
  const lengthOf = async (response: HttpResponseBase): Promise<string | undefined> => {
    let length: string | undefined;
    const application = await makeApplication([path("", () => response)], {
      MIDDLEWARE: [
        (getResponse) => (request) =>
          whenReady(getResponse(request), (outgoing) => {
            length = outgoing.headers.get("Content-Length");
            return outgoing;
          }),
        build,
      ],
    });
    await call(application);
    return length;
  };

  test("counts bytes, not characters", async () => {
    expect(await lengthOf(new HttpResponse("é"))).toBe("2");
  });

  test("keeps a length that is there, and gives none to a stream, a 204 and a 304", async () => {
    expect(await lengthOf(new HttpResponse("", { headers: { "Content-Length": 5 } }))).toBe("5");
    expect(await lengthOf(new StreamingHttpResponse(["a"]))).toBeUndefined();
    expect(await lengthOf(new HttpResponse("", { status: 204 }))).toBeUndefined();
    expect(await lengthOf(new HttpResponse("", { status: 304 }))).toBeUndefined();
  });
});

describe("createCommonMiddleware", () => {
  test("takes options before settings", async () => {
    class Found extends HttpResponsePermanentRedirect {
      static override readonly status: number = 302;
    }
    const application = await makeApplication([path("slash/", ok)], {
      APPEND_SLASH: false,
      MIDDLEWARE: [createCommonMiddleware({ appendSlash: true, redirectClass: Found })],
    });

    const answer = await call(application, { path: "/slash" });

    expect(answer.status).toBe("302 Found");
  });

  test("is named in messages like the one of the settings", () => {
    expect(createCommonMiddleware({}).name).toBe("commonMiddleware");
    expect(commonMiddleware.name).toBe("commonMiddleware");
  });
});
