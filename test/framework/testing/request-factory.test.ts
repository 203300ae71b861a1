import { describe, expect, test } from "vitest";
import { render } from "../../../framework/shortcuts.ts";
import { HttpRequest } from "../../../framework/http/request.ts";
import { RequestFactory } from "../../../framework/testing/request-factory.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { siteOf } from "./sites.ts";

const factory = new RequestFactory();

describe("RequestFactory", () => {
  test("makes requests with Django's environ", () => {
    const request = factory.get("/somewhere/");

    expect(request).toBeInstanceOf(HttpRequest);
    expect(request.META).toMatchObject({
      REQUEST_METHOD: "GET",
      SCRIPT_NAME: "",
      PATH_INFO: "/somewhere/",
      QUERY_STRING: "",
      SERVER_NAME: "testserver",
      SERVER_PORT: "80",
      SERVER_PROTOCOL: "HTTP/1.1",
      REMOTE_ADDR: "127.0.0.1",
    });
    expect(request.META.HTTP_HOST).toBeUndefined();
    expect(request.META.CONTENT_TYPE).toBeUndefined();
    expect(request.getHost()).toBe("testserver");
  });

  test.each(["get", "post", "put", "patch", "delete", "head", "options", "trace"] as const)(
    "has a method %s",
    (name) => {
      expect(factory[name]("/").method).toBe(name.toUpperCase());
    },
  );

  test("makes any method with generic", () => {
    expect(factory.generic("PROPFIND", "/x").method).toBe("PROPFIND");
  });

  test("takes the query from the path, or from its option", () => {
    expect(factory.get("/?a=1&a=2").GET.getList("a")).toEqual(["1", "2"]);
    expect(factory.get("/", { query: { a: [1, 2] } }).GET.getList("a")).toEqual(["1", "2"]);
    expect(factory.get("/?b=1", { query: { a: 1 } }).META.QUERY_STRING).toBe("a=1");
  });

  test("decodes paths as a server does", () => {
    expect(factory.get("/caf%C3%A9 é/?q=ä").path).toBe("/café é/");
    expect(factory.get("/?q=ä").GET.get("q")).toBe("ä");
    expect(factory.get("//a/../b").path).toBe("//a/../b");
    expect(factory.get("/a#b?c").path).toBe("/a");
    expect(factory.get("?a=1").getFullPath()).toBe("/?a=1");
  });

  test("over TLS has its port and scheme", () => {
    const request = factory.get("/", { secure: true });

    expect([request.isSecure(), request.getPort()]).toEqual([true, "443"]);
    expect(request.buildAbsoluteUri("/x")).toBe("https://testserver/x");
  });

  test("takes host, port and scheme from an absolute URL", () => {
    expect(factory.get("https://example.com:8443/a?b=c").buildAbsoluteUri()).toBe(
      "https://example.com:8443/a?b=c",
    );
    expect(factory.get("http://example.com").buildAbsoluteUri()).toBe("http://example.com/");
  });

  test("takes headers, and what else belongs into the environ; a request's own count more", () => {
    const one = new RequestFactory({
      headers: { Accept: "text/html", "X-A": "1" },
      environ: { REMOTE_ADDR: "10.0.0.1" },
      secure: true,
    });

    const request = one.get("/", { headers: new Headers({ "x-a": "ü" }), secure: false });

    expect(request.headers.get("Accept")).toBe("text/html");
    expect(request.headers.get("X-A")).toBe("ü");
    expect(request.META.REMOTE_ADDR).toBe("10.0.0.1");
    expect(request.isSecure()).toBe(false);
  });

  test("makes bodies that the request reads as ever", async () => {
    const post = factory.post("/", { a: "ä", file: new File(["x"], "a.txt") });
    const json = factory.put("/", { a: 1 });

    expect((await post.POST).get("a")).toBe("ä");
    expect((await post.FILES).get("file")?.name).toBe("a.txt");
    expect(await json.json()).toEqual({ a: 1 });
    expect(json.contentType).toBe("application/json");
  });

  test("sends the type that a header names", async () => {
    const request = factory.post(
      "/",
      { a: 1 },
      { headers: { "content-type": "application/json" } },
    );

    expect(await request.text()).toBe('{"a":1}');
  });

  test("keeps what a view writes to wsgi.errors", () => {
    const own = new RequestFactory();
    own.get("/").META["wsgi.errors"].write("oh");

    expect(own.errors).toBe("oh");
  });
});

describe("RequestFactory.for", () => {
  test("makes requests that belong to a site, for views that render", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": "{{ request.path }} {{ b }}" });
    const site = siteOf([], { TEMPLATES: { DIRS: [folder.path] } });

    const request = (await RequestFactory.for(site)).get("/x/");

    expect(render(request, "a.html", { b: 1 }).text).toBe("/x/ 1");
    expect(request.getHost()).toBe("testserver");
  });

  test("follows the settings of that site", async () => {
    const factoryOf = await RequestFactory.for(siteOf([], { FORCE_SCRIPT_NAME: "/shop" }));

    expect(factoryOf.get("/x/").path).toBe("/shop/x/");
  });
});
