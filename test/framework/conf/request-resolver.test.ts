import { describe, expect, test } from "vitest";
import type { Middleware, URLConf } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { path } from "../../../framework/urls/path.ts";
import { reverse } from "../../../framework/urls/reverse.ts";
import { call, makeApplication } from "../../support/wsgi.ts";

const say = (text: string) => () => new HttpResponse(text);
const shop: URLConf = {
  urlpatterns: [
    path("x/", say("shop"), { name: "x" }),
    path("reversed/", () => new HttpResponse(reverse("x")), { name: "reversed" }),
  ],
};
/** A site per host, as with Django's `request.urlconf`. */
const byHost: Middleware = (getResponse) => (request) => {
  if (request.getHost() === "shop.com") request.urlconf = shop;
  return getResponse(request);
};
const atShop = { HTTP_HOST: "shop.com" };
const makeSite = () =>
  makeApplication([path("y/", say("main"), { name: "x" })], {
    MIDDLEWARE: [commonMiddleware, byHost],
  });

describe("a URLconf that a middleware gives a request", () => {
  test("takes the place of the site's own", async () => {
    const site = await makeSite();

    expect((await call(site, { path: "/x/", environ: atShop })).text).toBe("shop");
    expect((await call(site, { path: "/y/", environ: atShop })).status).toBe("404 Not Found");
    expect((await call(site, { path: "/x/" })).status).toBe("404 Not Found");
    expect((await call(site, { path: "/y/" })).text).toBe("main");
  });

  test("decides what its views reverse", async () => {
    const answer = await call(await makeSite(), { path: "/reversed/", environ: atShop });

    expect(answer.text).toBe("/x/");
  });

  test("decides which slashes are missing", async () => {
    const answer = await call(await makeSite(), { path: "/x", environ: atShop });

    expect(answer.header("Location")).toBe("/x/");
    expect((await call(await makeSite(), { path: "/x" })).status).toBe("404 Not Found");
  });

  test("must hold patterns", async () => {
    const wrong: Middleware = (getResponse) => (request) => {
      request.urlconf = { urlpatterns: ["x/"] as never };
      return getResponse(request);
    };
    const answer = await call(await makeApplication([], { MIDDLEWARE: [wrong] }));

    expect(answer.status).toBe("500 Internal Server Error");
    expect(answer.errors).toContain("element 0 of urlpatterns must be made by path(…)");
  });
});

test("the settings about proxies reach the request", async () => {
  const site = await makeApplication(
    [path("x/", (request) => new HttpResponse(request.buildAbsoluteUri()))],
    {
      USE_X_FORWARDED_HOST: true,
      USE_X_FORWARDED_PORT: true,
      SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTO", "https"],
      FORCE_SCRIPT_NAME: "/mounted",
    },
  );

  const answer = await call(site, {
    path: "/x/",
    environ: { HTTP_X_FORWARDED_HOST: "a.com", HTTP_X_FORWARDED_PROTO: "https" },
  });

  expect(answer.text).toBe("https://a.com/mounted/x/");
});
