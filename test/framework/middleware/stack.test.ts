import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import * as door from "../../../framework/middleware/index.ts";
import { path } from "../../../framework/urls/path.ts";
import * as views from "../../../framework/views/index.ts";
import { call, makeApplication, makeEnviron } from "../../support/wsgi.ts";

const MIDDLEWARE = [
  door.securityMiddleware,
  door.corsMiddleware,
  door.gzipMiddleware,
  door.conditionalGetMiddleware,
  door.commonMiddleware,
  door.cspMiddleware,
  door.xFrameOptionsMiddleware,
];
const settings = {
  MIDDLEWARE,
  CORS_ALLOW_ALL_ORIGINS: true,
  SECURE_CSP: { "default-src": [door.CSP.SELF] },
};
const ORIGIN_AND_GZIP = { HTTP_ORIGIN: "https://a.example", HTTP_ACCEPT_ENCODING: "gzip" };

describe("all middleware together", () => {
  test("leave a synchronous request synchronous", async () => {
    const view = () => new HttpResponse("text ".repeat(100));
    const application = await makeApplication([path("", view)], settings);
    const { environ } = makeEnviron({ environ: ORIGIN_AND_GZIP });

    const body = application(environ, () => () => undefined);

    expect(body).not.toBeInstanceOf(Promise);
  });

  test("each do their part", async () => {
    const view = () => new HttpResponse("text ".repeat(100));
    const application = await makeApplication([path("", view)], settings);

    const answer = await call(application, { environ: ORIGIN_AND_GZIP });

    expect(answer.headers.map(([name]) => name)).toEqual([
      "Content-Type",
      "X-Frame-Options",
      "Content-Security-Policy",
      "Content-Length",
      "ETag",
      "Vary",
      "Content-Encoding",
      "Access-Control-Allow-Origin",
      "X-Content-Type-Options",
      "Referrer-Policy",
      "Cross-Origin-Opener-Policy",
    ]);
    expect(answer.header("Vary")).toBe("Accept-Encoding, Origin");
    expect(answer.header("ETag")).toMatch(/^W\//);
  });

  test("answer 304 to who has the compressed page, with all that a 304 needs", async () => {
    const view = () => new HttpResponse("text ".repeat(100));
    const application = await makeApplication([path("", view)], settings);
    const first = await call(application, { environ: ORIGIN_AND_GZIP });

    const again = await call(application, {
      environ: { ...ORIGIN_AND_GZIP, HTTP_IF_NONE_MATCH: first.header("ETag") },
    });

    expect(again.status).toBe("304 Not Modified");
    expect(again.header("Vary")).toBe("Accept-Encoding, Origin");
    expect(again.header("Content-Encoding")).toBeUndefined();
  });
});

describe("docs/middleware.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/middleware.md"), "utf8");

  test("names every middleware", () => {
    const names = Object.keys(door).filter((name) => /^[a-z]\w+Middleware$/.test(name));

    const plain = names.filter((name) => !name.startsWith("create"));

    expect(plain.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(plain.length).toBeGreaterThanOrEqual(MIDDLEWARE.length);
  });

  test("names every decorator and every class of views", () => {
    const pages =
      /Response$|^error|^welcome$|^badRequest$|^pageNotFound$|^permissionDenied$|^serverError$/;
    // docs/error-pages.md has them.
    const locals = /^collectLocals$|^countRequest$|^stopCollectingLocals$/;
    const names = Object.keys(views).filter((name) => !pages.test(name) && !locals.test(name));

    expect(names.filter((name) => !page.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});
