import { describe, expect, test } from "vitest";
import { getToken, rotateToken } from "../../../framework/csrf/protection.ts";
import { unmaskToken } from "../../../framework/csrf/tokens.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { ask, cookieOf, form, tokenView } from "./sites.ts";
import { MASKED_TEST_SECRET1, TEST_SECRET } from "./vectors.ts";

describe("the cookie", () => {
  test("is not sent when no token was asked for: such a page can be cached", async () => {
    const answer = await ask({ environ: { HTTP_COOKIE: `csrftoken=${TEST_SECRET}` } });

    expect(answer.header("Set-Cookie")).toBeUndefined();
    expect(answer.header("Vary")).toBeUndefined();
  });

  test("is sent with a token, with Django's attributes", async () => {
    const answer = await ask({}, {}, tokenView);

    expect(answer.header("Set-Cookie")).toMatch(
      /^csrftoken=[a-zA-Z0-9]{32}; Max-Age=31449600; Path=\/; Expires=.* GMT; SameSite=Lax$/,
    );
    expect(answer.header("Vary")).toBe("Cookie");
    expect(unmaskToken(answer.text)).toBe(cookieOf(answer));
  });

  test("keeps its secret, and becomes bare when it was masked", async () => {
    const environ = { HTTP_COOKIE: `csrftoken=${MASKED_TEST_SECRET1}` };

    const answer = await ask({ environ }, {}, tokenView);

    expect(cookieOf(answer)).toBe(TEST_SECRET);
    expect(unmaskToken(answer.text)).toBe(TEST_SECRET);
  });

  test.each(["", "badvalue", "x".repeat(5000), "!@#".repeat(22).slice(0, 64)])(
    "is replaced when it is %j",
    async (cookie) => {
      const environ = { HTTP_COOKIE: `csrftoken=${cookie}` };

      const [page, refused] = [
        await ask({ environ }, {}, tokenView),
        await ask(form(undefined, {}, cookie)),
      ];

      expect(cookieOf(page)).toMatch(/^\w{32}$/);
      expect(cookieOf(refused)).toMatch(/^\w{32}$/);
    },
  );

  test("has what the settings say", async () => {
    const settings = {
      CSRF_COOKIE_NAME: "csrfcookie",
      CSRF_COOKIE_DOMAIN: ".example.com",
      CSRF_COOKIE_AGE: null,
      CSRF_COOKIE_PATH: "/test/",
      CSRF_COOKIE_SECURE: true,
      CSRF_COOKIE_HTTPONLY: true,
      CSRF_COOKIE_SAMESITE: "strict",
    } as const;

    const answer = await ask({}, settings, tokenView);

    expect(answer.header("Set-Cookie")).toMatch(
      /^csrfcookie=\w{32}; Domain=.example.com; Path=\/test\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test("is kept apart from what else varies", async () => {
    const view = (request: HttpRequest) => {
      getToken(request);
      return new HttpResponse("", { headers: { Vary: "Accept, cookie" } });
    };

    expect((await ask({}, {}, view)).header("Vary")).toBe("Accept, cookie");
  });

  test("changes with rotateToken, whatever token was made before", async () => {
    const view = (request: HttpRequest) => {
      const before = getToken(request);
      rotateToken(request);
      return new HttpResponse(`${before} ${getToken(request)}`);
    };

    const answer = await ask(form(), {}, view);
    const [before, after] = answer.text.split(" ").map(unmaskToken);

    expect(before).toBe(TEST_SECRET);
    expect(after).not.toBe(TEST_SECRET);
    expect(cookieOf(answer)).toBe(after);
  });
});
