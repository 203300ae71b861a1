import { describe, expect, test } from "vitest";
import { requestOptions } from "../../../framework/handlers/request-options.ts";
import { defineSettings, type SettingsInput } from "../../../framework/conf/define-settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { BadSignature, SignatureExpired } from "../../../framework/signing/exceptions.ts";
import { getCookieSigner } from "../../../framework/signing/cookie-signer.ts";
import { answerOf, makeRequest } from "../../support/wsgi.ts";

const KEYS = { SECRET_KEY: "secret", ROOT_URLCONF: async () => ({ urlpatterns: [] }) };

function signing(
  settings: Partial<SettingsInput> = {},
): ReturnType<typeof requestOptions>["cookieSigning"] {
  return requestOptions(defineSettings({ ...KEYS, ...settings })).cookieSigning;
}

/** A request that sends back what a response has set. */
function requestAfter(
  response: HttpResponse,
  settings: Partial<SettingsInput> = {},
): ReturnType<typeof makeRequest> {
  response.signCookies(signing());
  const HTTP_COOKIE = [...response.cookies.values()]
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  return makeRequest({ environ: { HTTP_COOKIE } }, { cookieSigning: signing(settings) });
}

describe("signed cookies", () => {
  test("are read as they were set", () => {
    const response = new HttpResponse().setSignedCookie("user", "Django Reinhardt ♪");

    const request = requestAfter(response);

    expect(request.COOKIES.user).toMatch(/^Django Reinhardt ♪:[\w-]+:[\w-]+$/);
    expect(request.getSignedCookie("user")).toBe("Django Reinhardt ♪");
    expect(request.getSignedCookie("nobody")).toBeUndefined();
    expect(request.getSignedCookie("nobody", { default: "me" })).toBe("me");
  });

  test("of another name or salt are refused, unless there is a default", () => {
    const response = new HttpResponse().setSignedCookie("a", "1", { salt: "x", httpOnly: true });
    const request = requestAfter(response);

    expect(response.cookies.get("a")).toContain("; HttpOnly");
    expect(request.getSignedCookie("a", { salt: "x" })).toBe("1");
    expect(() => request.getSignedCookie("a")).toThrow(BadSignature);
    expect(request.getSignedCookie("a", { default: "0" })).toBe("0");
  });

  test("expire when they are asked to", () => {
    const old = getCookieSigner(
      "secret",
      [],
      "django.http.cookies.v2:0:a",
      () => Date.now() - 20_000,
    );
    const request = makeRequest(
      { environ: { HTTP_COOKIE: `a=${old.sign("1")}` } },
      { cookieSigning: signing() },
    );

    expect(request.getSignedCookie("a", { maxAge: 60 })).toBe("1");
    expect(() => request.getSignedCookie("a", { maxAge: 10 })).toThrow(SignatureExpired);
  });

  test("survive a change of the key as long as the former one is a fallback", () => {
    const response = new HttpResponse().setSignedCookie("a", "1");
    const changed = { SECRET_KEY: "new" };

    expect(
      requestAfter(response, { ...changed, SECRET_KEY_FALLBACKS: ["secret"] }).getSignedCookie("a"),
    ).toBe("1");
    expect(() => requestAfter(response, changed).getSignedCookie("a")).toThrow(BadSignature);
  });

  test("of an older Django are read when the setting says so", () => {
    const signed = getCookieSigner("secret", [], "asalt").sign("1");
    const cookie = { environ: { HTTP_COOKIE: `a=${signed}` } };
    const legacy = signing({ SIGNED_COOKIE_LEGACY_SALT_FALLBACK: true });

    expect(
      makeRequest(cookie, { cookieSigning: legacy }).getSignedCookie("a", { salt: "salt" }),
    ).toBe("1");
    expect(() =>
      makeRequest(cookie, { cookieSigning: signing() }).getSignedCookie("a", { salt: "salt" }),
    ).toThrow(BadSignature);
  });

  test("are replaced by a later cookie of the same name, signed or not, and can be deleted", () => {
    const plain = new HttpResponse().setSignedCookie("a", "1").setCookie("a", "2");
    const signed = new HttpResponse().setCookie("a", "2").setSignedCookie("a", "1");
    const deleted = new HttpResponse().setSignedCookie("a", "1").deleteCookie("a");
    for (const response of [plain, signed, deleted]) response.signCookies(signing());

    expect(plain.cookies.get("a")).toMatch(/^a=2;/);
    expect(signed.cookies.get("a")).toMatch(/^a=1:/);
    expect(deleted.cookies.get("a")).toMatch(/^a=;/);
  });

  test("are refused when they are set, not when they leave", () => {
    expect(() => new HttpResponse().setSignedCookie("a b", "1")).toThrow(TypeError);
  });

  test("leave signed with the keys of the site", async () => {
    const view = (): HttpResponse => new HttpResponse("").setSignedCookie("a", "1");
    const answer = await answerOf(view, { SECRET_KEY: "secret" });
    const cookie = answer.header("Set-Cookie") ?? "";
    const request = makeRequest(
      { environ: { HTTP_COOKIE: cookie.split(";", 1)[0] } },
      { cookieSigning: signing() },
    );

    expect(request.getSignedCookie("a")).toBe("1");
  });

  test("of a request made by hand say what is missing", () => {
    const request = makeRequest({ environ: { HTTP_COOKIE: "a=b" } });

    expect(() => request.getSignedCookie("a")).toThrow("Signed cookies need a SECRET_KEY");
  });
});
