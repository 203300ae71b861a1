import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import { Client } from "../../../framework/testing/client.ts";
import { RedirectCycleError } from "../../../framework/testing/redirects.ts";
import { path } from "../../../framework/urls/path.ts";
import { type Echo, echo, siteOf } from "./sites.ts";

/** `/to/<status>/?<location>` leads to that location. */
const site = siteOf(
  [
    path("echo/", echo),
    path("to/<int:status>/", (request, { status }) => {
      const Location = decodeURIComponent(request.META.QUERY_STRING);
      return new HttpResponse("", { status, headers: { Location } });
    }),
    path("loop/", () => leadTo("/loop/")),
    path("ping/", () => leadTo("/pong/")),
    path("pong/", () => leadTo("/ping/")),
    path("count/<int:n>/", (_request, { n }) => leadTo(`/count/${n + 1}/`)),
    path("nowhere/", () => new HttpResponse("", { status: 302 })),
    path("here/", () => leadTo("?a=1")),
    path("cookie/", () => leadTo("/echo/").setCookie("a", "1")),
  ],
  { ALLOWED_HOSTS: ["*"] },
);

const client = new Client(site);

function leadTo(location: string): HttpResponse {
  return new HttpResponse("", { status: 302, headers: { Location: location } });
}

describe("follow", () => {
  test("goes where the redirect leads, and tells the way", async () => {
    const response = await client.get("/to/302/?/echo/", { follow: true });

    expect(response.json<Echo>()).toMatchObject({ method: "GET", path: "/echo/" });
    expect(response.redirectChain).toEqual([["/echo/", 302]]);
  });

  test("is asked for", async () => {
    const response = await client.get("/to/302/?/echo/");

    expect(response.status).toBe(302);
    expect(response.redirectChain).toEqual([]);
  });

  test.each([301, 302, 303])("after %i asks with GET, without the body", async (status) => {
    const response = await client.post(`/to/${status}/?/echo/`, { a: "1" }, { follow: true });

    expect(response.json<Echo>()).toMatchObject({
      method: "GET",
      body: "",
      type: null,
      length: null,
    });
  });

  test.each([307, 308])("after %i repeats method, body and type", async (status) => {
    const posted = await client.post(`/to/${status}/?/echo/`, { a: "1" }, { follow: true });
    const put = await client.put(`/to/${status}/?/echo/`, { a: 1 }, { follow: true });

    expect(posted.json<Echo>()).toMatchObject({ method: "POST", post: { a: ["1"] } });
    expect(put.json<Echo>()).toMatchObject({
      method: "PUT",
      body: '{"a":1}',
      type: "application/json",
    });
  });

  test("keeps HEAD", async () => {
    const response = await client.head("/to/302/?/echo/", { follow: true });

    expect(response.request.REQUEST_METHOD).toBe("HEAD");
  });

  test.each([
    ["/to/302/?../../echo/", "/echo/"],
    ["/to/302/?/echo/%3Fq=1%23top", "/echo/?q=1"],
    ["/to/302/?/caf%C3%A9/", "/caf%C3%A9/"],
  ])("of %s arrives at %s", async (from, to) => {
    const response = await client.get(from, { follow: true });

    expect(response.wsgiRequest?.getFullPath()).toBe(to);
  });

  test("of a query alone stays at the path", async () => {
    const { request } = await client.get("/here/", { follow: true }).catch((error: unknown) => {
      if (error instanceof RedirectCycleError) return error.lastResponse;
      throw error;
    });

    expect([request.PATH_INFO, request.QUERY_STRING]).toEqual(["/here/", "a=1"]);
  });

  test("takes scheme, host and port of another site", async () => {
    const response = await client.get("/to/302/?https://other.example:8443/echo/", {
      follow: true,
    });

    expect(response.json<Echo>()).toMatchObject({ host: "other.example:8443", secure: true });
  });

  test("takes them also where the test has named a host", async () => {
    const own = { headers: { Host: "a.example" }, follow: true };

    const away = await client.get("/to/302/?http://b.example/echo/", own);
    const back = await client.get("/to/302/?/echo/", own);

    expect(away.json<Echo>().host).toBe("b.example");
    expect(back.json<Echo>().host).toBe("a.example");
  });

  test("takes cookies along", async () => {
    const response = await new Client(site).get("/cookie/", { follow: true });

    expect(response.json<Echo>().cookies).toEqual({ a: "1" });
  });

  test("ends where there is no Location", async () => {
    expect((await client.get("/nowhere/", { follow: true })).status).toBe(302);
  });
});

describe("circles", () => {
  test.each([
    [
      "/loop/",
      [
        ["/loop/", 302],
        ["/loop/", 302],
      ],
    ],
    [
      "/ping/",
      [
        ["/pong/", 302],
        ["/ping/", 302],
        ["/pong/", 302],
      ],
    ],
  ])("%s is one", async (from, chain) => {
    const error: unknown = await client
      .get(from, { follow: true })
      .catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(RedirectCycleError);
    expect(error).toMatchObject({ redirectChain: chain, code: "testing.redirect_cycle" });
    expect(String(error)).toMatch(/^RedirectCycleError: Redirect loop detected. 302 → \//);
  });

  test("more than twenty redirects are too many", async () => {
    await expect(client.get("/count/1/", { follow: true })).rejects.toThrow("Too many redirects.");
  });
});
