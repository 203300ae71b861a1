import { describe, expect, test } from "vitest";
import type { SettingsInput } from "../../../framework/conf/define-settings.ts";
import { ask, form, reasonOf, secureForm } from "./sites.ts";

const ALLOWED_HOSTS = ["www.example.com"];

async function reasonFor(
  sketch: Parameters<typeof ask>[0],
  settings: Partial<SettingsInput> = {},
): Promise<string | undefined> {
  return reasonOf(await ask(sketch, { ALLOWED_HOSTS, ...settings }));
}

const badOrigin = (origin: string) =>
  `Origin checking failed - ${origin} does not match any trusted origins.`;

describe("Origin", () => {
  const plain = (origin: string) =>
    form(undefined, { HTTP_HOST: "www.example.com", HTTP_ORIGIN: origin });

  test.each(["https://www.evil.org", "null", "https://[", "http://www.example.com:8080", ""])(
    "%j is refused",
    async (origin) => {
      expect(await reasonFor(plain(origin))).toBe(badOrigin(origin));
    },
  );

  test("of another scheme is refused, over TLS and without", async () => {
    expect(await reasonFor(secureForm({ HTTP_ORIGIN: "http://www.example.com" }))).toBe(
      badOrigin("http://www.example.com"),
    );
    expect(await reasonFor(plain("https://www.example.com"))).toBe(
      badOrigin("https://www.example.com"),
    );
  });

  test("of the site itself is accepted, over TLS and without", async () => {
    expect(await reasonFor(plain("http://www.example.com"))).toBeUndefined();
    expect(await reasonFor(secureForm({ HTTP_ORIGIN: "https://www.example.com" }))).toBeUndefined();
  });

  test.each([
    ["https://dashboard.example.com", "https://dashboard.example.com", true],
    ["https://*.example.com", "https://foo.example.com", true],
    ["https://*.example.com", "https://a.b.example.com", true],
    ["https://*.example.com", "https://example.com", true],
    ["https://*.example.com", "https://badexample.com", false],
    ["https://*.example.com", "http://foo.example.com", false],
    ["https://*.example.com", "https://foo.example.com:8443", false],
    ["https://*.example.com:8443", "https://foo.example.com:8443", true],
    ["http://*.no-match.com", "https://foo.example.com", false],
    ["https://example.com", "https://foo.example.com", false],
  ])("with %s trusted, %s is accepted: %s", async (trusted, origin, accepted) => {
    const reason = await reasonFor(secureForm({ HTTP_ORIGIN: origin }), {
      CSRF_TRUSTED_ORIGINS: [trusted],
    });

    expect(reason).toBe(accepted ? undefined : badOrigin(origin));
  });

  test("is refused where the host is none, unless it is trusted", async () => {
    const sketch = secureForm({ HTTP_HOST: "@malformed", HTTP_ORIGIN: "https://www.evil.org" });

    expect(await reasonFor(sketch)).toBe(badOrigin("https://www.evil.org"));
    expect(
      await reasonFor(sketch, { CSRF_TRUSTED_ORIGINS: ["https://www.evil.org"] }),
    ).toBeUndefined();
  });
});

describe("Referer, over TLS and without an Origin", () => {
  test.each([
    [undefined, "Referer checking failed - no Referer."],
    [
      "http://http://www.example.com/",
      "Referer checking failed - Referer is insecure while host is secure.",
    ],
    ["http://example.com/", "Referer checking failed - Referer is insecure while host is secure."],
    ["", "Referer checking failed - Referer is malformed."],
    ["ØBöIß", "Referer checking failed - Referer is malformed."],
    ["//example.com/", "Referer checking failed - Referer is malformed."],
    ["https://", "Referer checking failed - Referer is malformed."],
    ["https://[", "Referer checking failed - Referer is malformed."],
    [
      "https://www.evil.org/somepage",
      "Referer checking failed - https://www.evil.org/somepage does not match any trusted origins.",
    ],
    ["https://www.example.com/somepage", undefined],
    ["https://www.example.com", undefined],
    ["https://www.example.com?a=1", undefined],
  ])("%j: %s", async (referer, reason) => {
    expect(await reasonFor(secureForm({ HTTP_REFERER: referer }))).toBe(reason);
  });

  test("is not asked for without TLS", async () => {
    expect(await reasonFor(form(undefined, { HTTP_HOST: "www.example.com" }))).toBeUndefined();
  });

  test.each(["https://dashboard.example.com", "https://*.example.com", "http://*.example.com"])(
    "of a host that %s trusts is accepted, even where the request names no host",
    async (trusted) => {
      const sketch = secureForm({
        HTTP_HOST: "@malformed",
        HTTP_REFERER: "https://dashboard.example.com/somepage",
      });

      expect(await reasonFor(sketch, { CSRF_TRUSTED_ORIGINS: [trusted] })).toBeUndefined();
      expect(await reasonFor(sketch)).toBe(
        "Referer checking failed - https://dashboard.example.com/somepage does not match any trusted origins.",
      );
    },
  );

  test.each([
    ["443", "https://foo.example.com/"],
    ["4443", "https://foo.example.com:4443/"],
  ])("of the cookie's domain is accepted on port %s", async (SERVER_PORT, HTTP_REFERER) => {
    const settings = { CSRF_COOKIE_DOMAIN: ".example.com" };

    expect(await reasonFor(secureForm({ SERVER_PORT, HTTP_REFERER }), settings)).toBeUndefined();
  });

  test("is compared with the port that a proxy tells", async () => {
    const sketch = secureForm({
      HTTP_HOST: "10.0.0.2",
      HTTP_REFERER: "https://www.example.com/somepage",
      SERVER_PORT: "8080",
      HTTP_X_FORWARDED_HOST: "www.example.com",
      HTTP_X_FORWARDED_PORT: "443",
    });
    const settings = { CSRF_COOKIE_DOMAIN: ".example.com", USE_X_FORWARDED_PORT: true };

    expect(await reasonFor(sketch, settings)).toBeUndefined();
  });
});

describe("Sec-Fetch-Site", () => {
  const crossSite = "Sec-Fetch-Site checking failed - another site sent this request.";

  test("same-origin settles the origin, which a development proxy may have changed", async () => {
    const proxied = {
      HTTP_HOST: "www.example.com",
      HTTP_ORIGIN: "http://localhost:5173",
      HTTP_SEC_FETCH_SITE: "same-origin",
    };

    expect(await reasonFor(form(undefined, proxied))).toBeUndefined();
    expect(await reasonFor(secureForm({ HTTP_SEC_FETCH_SITE: "same-origin" }))).toBeUndefined();
  });

  test("same-origin says nothing where the host is none of the site's: it may be rebound", async () => {
    const rebound = {
      HTTP_HOST: "evil.example",
      HTTP_ORIGIN: "http://evil.example",
      HTTP_SEC_FETCH_SITE: "same-origin",
    };

    expect(await reasonFor(form(undefined, rebound))).toBe(badOrigin("http://evil.example"));
  });

  test("same-origin takes the place of no token", async () => {
    const site = { HTTP_HOST: "www.example.com", HTTP_SEC_FETCH_SITE: "same-origin" };

    expect(await reasonFor(form(null, site))).toBe("CSRF token missing.");
    expect(await reasonFor(form(undefined, site, null))).toBe("CSRF cookie not set.");
  });

  test.each(["same-site", "none", "nonsense"])(
    "%s says nothing: the origin decides",
    async (site) => {
      const from = (origin: string) =>
        secureForm({ HTTP_SEC_FETCH_SITE: site, HTTP_ORIGIN: origin });

      expect(await reasonFor(from("https://www.example.com"))).toBeUndefined();
      expect(await reasonFor(from("https://other.example.com"))).toBe(
        badOrigin("https://other.example.com"),
      );
    },
  );

  test("cross-site is refused, whatever the token is worth", async () => {
    const site = { HTTP_HOST: "www.example.com", HTTP_SEC_FETCH_SITE: "cross-site" };

    expect(await reasonFor(form(undefined, site))).toBe(crossSite);
    expect(
      await reasonFor(form(undefined, { ...site, HTTP_ORIGIN: "http://www.example.com" })),
    ).toBe(crossSite);
  });

  test("cross-site is accepted from an origin that is trusted by name", async () => {
    const sketch = secureForm({
      HTTP_SEC_FETCH_SITE: "cross-site",
      HTTP_ORIGIN: "https://partner.example",
    });

    expect(await reasonFor(sketch)).toBe(badOrigin("https://partner.example"));
    expect(
      await reasonFor(sketch, { CSRF_TRUSTED_ORIGINS: ["https://partner.example"] }),
    ).toBeUndefined();
  });
});
