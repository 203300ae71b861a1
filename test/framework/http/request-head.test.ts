import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { DisallowedHost } from "../../../framework/exceptions.ts";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import { DEFAULT_REQUEST_OPTIONS, HttpRequest } from "../../../framework/http/request.ts";
import { makeEnviron, makeRequest } from "../../support/wsgi.ts";

describe("a request made by hand", () => {
  test("is empty", async () => {
    const request = new HttpRequest();

    expect([request.method, request.path, request.pathInfo]).toEqual(["", "", ""]);
    expect([request.GET.size, { ...request.COOKIES }, [...request.headers]]).toEqual([0, {}, []]);
    expect([request.contentType, request.scheme, request.encoding]).toEqual(["", "http", "utf-8"]);
    expect([request.resolverMatch, request.urlconf, request.currentApp]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await request.body).length).toBe(0);
    expect(inspect(request)).toBe("<HttpRequest>");
  });

  test("can be filled in", () => {
    const request = new HttpRequest();

    request.method = "POST";
    request.path = "/app/x/";
    request.pathInfo = "/x/";
    request.GET = new QueryDict("a=1");
    request.COOKIES = { c: "d" };
    request.META.QUERY_STRING = "a=1";
    request.currentApp = "polls";

    expect(request.getFullPath()).toBe("/app/x/?a=1");
    expect(request.getFullPathInfo()).toBe("/x/?a=1");
    expect(request.GET.get("a")).toBe("1");
    expect(request.COOKIES.c).toBe("d");
    expect(inspect(request)).toBe("<HttpRequest: POST '/app/x/?a=1'>");
  });

  test("has parameters that can be changed, and a META of its own", () => {
    const [one, other] = [new HttpRequest(), new HttpRequest()];

    one.GET.set("a", "1");
    one.META.HTTP_HOST = "a.com";

    expect(one.GET.get("a")).toBe("1");
    expect(other.GET.size).toBe(0);
    expect(other.META.HTTP_HOST).toBeUndefined();
  });

  test("answers to no host until it is told to which", () => {
    const { environ } = makeEnviron({ environ: { HTTP_HOST: "a.com" } });
    const options = { ...DEFAULT_REQUEST_OPTIONS, allowedHosts: ["a.com"] };

    expect(() => new HttpRequest(environ).getHost()).toThrow(DisallowedHost);
    expect(new HttpRequest(environ, options).getHost()).toBe("a.com");
  });

  test("can be subclassed to read from elsewhere, once each", () => {
    const read: string[] = [];
    class LoggedRequest extends HttpRequest {
      protected override readPath(): string {
        read.push("path");
        return "/p/";
      }

      protected override readScheme(): "https" {
        return "https";
      }
    }
    const request = new LoggedRequest();

    expect([request.path, request.path, request.isSecure()]).toEqual(["/p/", "/p/", true]);
    expect(read).toEqual(["path"]);
  });
});

test("the method is in upper case", () => {
  expect(makeRequest({ method: "patch" }).method).toBe("PATCH");
});

describe("getHost", () => {
  test("takes the header, else the server's name", () => {
    expect(makeRequest({ environ: { HTTP_HOST: "a.com:81" } }).getHost()).toBe("a.com:81");
    const without = { HTTP_HOST: undefined, SERVER_PORT: "8000" };
    expect(makeRequest({ environ: without }).getHost()).toBe("testserver:8000");
  });

  test("checks what a proxy says just the same", () => {
    const environ = { HTTP_HOST: "a.com", HTTP_X_FORWARDED_HOST: "evil.com" };
    const options = { allowedHosts: ["a.com"], useXForwardedHost: true };

    expect(() => makeRequest({ environ }, options).getHost()).toThrow(
      "Invalid HTTP_HOST header: 'evil.com'. You may need to add 'evil.com' to ALLOWED_HOSTS.",
    );
  });

  test("checks anew after a refusal, and not after it was taken", () => {
    const request = makeRequest({ environ: { HTTP_HOST: "a_b" } });
    expect(() => request.getHost()).toThrow("not valid according to RFC 1034/1035");

    request.META.HTTP_HOST = "a.com";
    expect(request.getHost()).toBe("a.com");

    request.META.HTTP_HOST = "b.com";
    expect(request.getHost()).toBe("a.com");
  });
});

test("getPort is the server's, or the proxy's where that is believed", () => {
  const environ = { SERVER_PORT: "8080", HTTP_X_FORWARDED_PORT: "80" };

  expect(makeRequest({ environ }).getPort()).toBe("8080");
  expect(makeRequest({ environ }, { useXForwardedPort: true }).getPort()).toBe("80");
});

describe("buildAbsoluteUri", () => {
  test.each([
    [undefined, "http://testserver//absolute-uri?q=1"],
    ["/a/?b", "http://testserver/a/?b"],
    ["?b", "http://testserver//absolute-uri?b"],
    ["https://other.com/é", "https://other.com/%C3%A9"],
  ])("makes an absolute URL of %s", (location, expected) => {
    const request = makeRequest({ path: "//absolute-uri", query: "q=1" });

    expect(request.buildAbsoluteUri(location)).toBe(expected);
  });

  test("uses what the client knows the site by", () => {
    const request = makeRequest(
      { path: "/x", environ: { HTTP_X_FORWARDED_HOST: "a.com:99999", HTTP_X_PROTO: "https" } },
      { useXForwardedHost: true, secureProxySslHeader: ["X-Proto", "https"] },
    );

    expect(request.buildAbsoluteUri()).toBe("https://a.com:99999/x");
    expect(request.buildAbsoluteUri("y")).toBe("https://a.com:99999/y");
  });
});

test("headers are found in any spelling and listed in title case", () => {
  const { headers } = makeRequest({
    environ: { HTTP_X_FORWARDED_PROTO: "https", CONTENT_TYPE: "text/plain", HTTP_HOST: "h" },
  });

  expect(headers.get("x-forwarded-proto")).toBe("https");
  expect(headers.get("X_Forwarded_Proto")).toBe("https");
  expect(headers.has("Accept")).toBe(false);
  expect([headers.size, [...headers.keys()], [...headers.values()]]).toEqual([
    3,
    ["Host", "X-Forwarded-Proto", "Content-Type"],
    ["h", "https", "text/plain"],
  ]);
  expect([...headers.entries()]).toEqual([...headers]);
});

describe("the body's type", () => {
  test("is split into type and parameters", () => {
    const request = makeRequest({
      environ: { CONTENT_TYPE: "Text/Plain; Charset=KOI8-R; a*=utf-8''%C3%A9" },
    });

    expect(request.contentType).toBe("text/plain");
    expect(request.contentParams.get("charset")).toBe("KOI8-R");
    expect(request.contentParams.get("a")).toBe("é");
    expect(request.encoding).toBe("koi8-r");
  });

  test("matters to nobody who does not look, however broken it is", () => {
    const request = makeRequest({ environ: { CONTENT_TYPE: "a/b; c*=BOGUS''x" } });

    expect(request.path).toBe("/");
    expect(() => request.contentType).toThrow("Invalid Content-Type header.");
  });

  test("has no say once the encoding is set, and that must be one", () => {
    const request = makeRequest({ environ: { CONTENT_TYPE: "a/b; charset=koi8-r" } });

    request.encoding = "utf8";

    expect(request.encoding).toBe("utf-8");
    expect(() => (request.encoding = "bogus")).toThrow(RangeError);
    expect(request.encoding).toBe("utf-8");
  });

  test("has no say about POST once the encoding is set: it is read anew", async () => {
    const request = makeRequest({
      method: "POST",
      body: ["a=1"],
      environ: { CONTENT_TYPE: "application/x-www-form-urlencoded" },
    });
    const before = await request.POST;

    request.encoding = "utf-8";

    expect(await request.POST).not.toBe(before);
    expect((await request.POST).get("a")).toBe("1");
  });
});

describe("what the client accepts", () => {
  const request = makeRequest({
    environ: { HTTP_ACCEPT: "text/html,application/xml;q=0.9,*/*;q=0.1,text/*;q=0.5" },
  });

  test("is listed in the order of its wishes, and of how exact they are", () => {
    expect(request.acceptedTypes.map(String)).toEqual([
      "text/html",
      "application/xml; q=0.9",
      "text/*; q=0.5",
      "*/*; q=0.1",
    ]);
    expect(request.acceptedTypesByPrecedence.map(String)).toEqual([
      "text/html",
      "application/xml; q=0.9",
      "text/*; q=0.5",
      "*/*; q=0.1",
    ]);
    expect(request.acceptedTypes).toBe(request.acceptedTypes);
  });

  test("decides between offers", () => {
    expect(request.accepts("image/png")).toBe(true);
    expect(request.acceptedType("text/css")?.quality).toBe(0.5);
    expect(request.getPreferredType(["application/json", "text/plain"])).toBe("text/plain");
  });

  test("is everything without a header, and nothing with an empty one", () => {
    expect(makeRequest().accepts("text/html")).toBe(true);
    const nothing = makeRequest({ environ: { HTTP_ACCEPT: "" } });
    expect(nothing.accepts("text/html")).toBe(false);
    expect(nothing.acceptedTypes).toEqual([]);
    expect(nothing.getPreferredType(["text/html"])).toBeUndefined();
  });
});

test("everything that is computed is computed once", () => {
  const request = makeRequest({ query: "a=1", environ: { HTTP_COOKIE: "c=d" } });

  expect(request.GET).toBe(request.GET);
  expect(request.COOKIES).toBe(request.COOKIES);
  expect(request.headers).toBe(request.headers);
  expect(request.contentParams).toBe(request.contentParams);
});
