import { describe, expect, test } from "vitest";
import {
  csrfExempt,
  csrfProtect,
  ensureCsrfCookie,
  requiresCsrfToken,
} from "../../../framework/csrf/decorators.ts";
import { csrfMiddleware } from "../../../framework/csrf/middleware.ts";
import { rotateToken } from "../../../framework/csrf/protection.ts";
import { unmaskToken } from "../../../framework/csrf/tokens.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import type { HttpResponse } from "../../../framework/http/response.ts";
import { ask, cookieOf, form, plainView, reasonOf, tokenView } from "./sites.ts";
import { TEST_SECRET } from "./vectors.ts";

const WITHOUT = { MIDDLEWARE: [] };

describe("csrfProtect", () => {
  test("refuses without the middleware, and logs it", async () => {
    const answer = await ask(form(null), WITHOUT, csrfProtect(plainView));

    expect(answer.status).toBe("403 Forbidden");
    expect(reasonOf(answer)).toBe("CSRF token missing.");
  });

  test("lets a good form through, and gives pages a token", async () => {
    const page = await ask({}, WITHOUT, csrfProtect(tokenView));
    const answer = await ask(form(), WITHOUT, csrfProtect(plainView));

    expect(unmaskToken(page.text)).toBe(cookieOf(page));
    expect(answer.text).toBe("OK");
  });

  test("around a view that is exempt protects nothing, as in Django", async () => {
    const answer = await ask(form(null), WITHOUT, csrfProtect(csrfExempt(plainView)));

    expect(answer.text).toBe("OK");
  });

  test("inside of an exempt view protects it", async () => {
    const protectedInside = csrfProtect(plainView);
    const view = csrfExempt((request: HttpRequest) => protectedInside(request, {}) as HttpResponse);

    expect((await ask(form(null), {}, view)).status).toBe("403 Forbidden");
  });
});

describe("ensureCsrfCookie", () => {
  test.each([{ MIDDLEWARE: [] }, { MIDDLEWARE: [csrfMiddleware] }])(
    "sets the cookie for a page that uses no token, with %j",
    async (settings) => {
      const answer = await ask({}, settings, ensureCsrfCookie(plainView));

      expect(cookieOf(answer)).toMatch(/^\w{32}$/);
      expect(answer.header("Vary")).toBe("Cookie");
      expect(answer.errors).toBe("");
    },
  );

  test("refuses nothing by itself", async () => {
    expect((await ask(form(null), WITHOUT, ensureCsrfCookie(plainView))).text).toBe("OK");
  });

  test("works together with csrfProtect", async () => {
    const answer = await ask(form(), WITHOUT, csrfProtect(ensureCsrfCookie(plainView)));

    expect(answer.text).toBe("OK");
    expect(cookieOf(answer)).toBe(TEST_SECRET);
  });
});

describe("requiresCsrfToken", () => {
  test("gives a page its token, and refuses nothing", async () => {
    const answer = await ask(form(null), WITHOUT, requiresCsrfToken(tokenView));

    expect(unmaskToken(answer.text)).toBe(TEST_SECRET);
    expect(answer.status).toBe("200 OK");
  });
});

test("a token that is rotated after the cookie was set sets it once more", async () => {
  const inner = csrfProtect(ensureCsrfCookie(plainView));
  const view = csrfProtect((request: HttpRequest) => {
    const response = inner(request, {}) as HttpResponse;
    rotateToken(request);
    return response;
  });

  const answer = await ask(form(), WITHOUT, view);

  expect(cookieOf(answer)).toMatch(/^\w{32}$/);
  expect(cookieOf(answer)).not.toBe(TEST_SECRET);
});

test("decorators keep the name of a view, for messages", () => {
  const views = [csrfExempt, csrfProtect, ensureCsrfCookie, requiresCsrfToken];

  expect(views.map((decorate) => decorate(plainView).name)).toEqual(Array(4).fill("plainView"));
});

test("the view that csrfExempt was given stays protected at its other URLs", () => {
  csrfExempt(plainView);

  expect("csrfExempt" in plainView).toBe(false);
});
