import { describe, expect, test } from "vitest";
import { hostOf, portOf, schemeOf } from "../../../framework/http/origin.ts";
import { makeEnviron } from "../../support/wsgi.ts";

const NO_PROXY = { useXForwardedHost: false, useXForwardedPort: false, secureProxySslHeader: null };
const FORWARDED = { ...NO_PROXY, useXForwardedHost: true, useXForwardedPort: true };
const environOf = (environ: Record<string, unknown>) => makeEnviron({ environ }).environ;

describe("schemeOf", () => {
  const behindProxy = {
    ...NO_PROXY,
    secureProxySslHeader: ["HTTP_X_FORWARDED_PROTO", "https"] as const,
  };

  test.each([
    ["https", "https"],
    ["https, http", "https"],
    [" https ,http", "https"],
    ["http, https", "http"],
    ["http", "http"],
    ["HTTPS", "http"],
    ["", "http"],
  ])("reads the header %j as %s, whatever the server's own scheme is", (value, expected) => {
    const environ = environOf({ HTTP_X_FORWARDED_PROTO: value });

    expect(schemeOf(environ, behindProxy, "http")).toBe(expected);
    expect(schemeOf(environ, behindProxy, "https")).toBe(expected);
  });

  test("is the server's own where the proxy says nothing, or is not believed", () => {
    const environ = environOf({ HTTP_X_FORWARDED_PROTO: "https" });

    expect(schemeOf(environOf({}), behindProxy, "https")).toBe("https");
    expect(schemeOf(environOf({}), behindProxy, "http")).toBe("http");
    expect(schemeOf(environ, NO_PROXY, "http")).toBe("http");
  });

  test("takes the header's name as it is usually written", () => {
    const options = { ...NO_PROXY, secureProxySslHeader: ["X-Forwarded-Proto", "on"] as const };

    expect(schemeOf(environOf({ HTTP_X_FORWARDED_PROTO: "on" }), options, "http")).toBe("https");
  });
});

describe("hostOf", () => {
  test.each<[environ: Record<string, unknown>, scheme: "http" | "https", expected: string]>([
    [{ HTTP_HOST: "a.com:81", SERVER_PORT: "8000" }, "http", "a.com:81"],
    [{ HTTP_HOST: undefined, SERVER_PORT: "8000" }, "http", "testserver:8000"],
    [{ HTTP_HOST: undefined, SERVER_PORT: "80" }, "http", "testserver"],
    [{ HTTP_HOST: undefined, SERVER_PORT: "80" }, "https", "testserver:80"],
    [{ HTTP_HOST: undefined, SERVER_PORT: "443" }, "https", "testserver"],
    [{ HTTP_HOST: "a.com", HTTP_X_FORWARDED_HOST: "b.com" }, "http", "a.com"],
  ])("of %j over %s is %s", (environ, scheme, expected) => {
    expect(hostOf(environOf(environ), NO_PROXY, scheme)).toBe(expected);
  });

  test("is what the proxy says, where it is believed and says something", () => {
    const environ = environOf({ HTTP_HOST: "a.com", HTTP_X_FORWARDED_HOST: "b.com" });

    expect(hostOf(environ, FORWARDED, "http")).toBe("b.com");
    expect(hostOf(environOf({ HTTP_HOST: "a.com" }), FORWARDED, "http")).toBe("a.com");
  });

  test("has the proxy's port where no header names the host", () => {
    const environ = environOf({ HTTP_HOST: undefined, HTTP_X_FORWARDED_PORT: "8443" });

    expect(hostOf(environ, FORWARDED, "https")).toBe("testserver:8443");
  });
});

test("portOf is the server's, or the proxy's where that is believed", () => {
  const environ = environOf({ SERVER_PORT: "8080", HTTP_X_FORWARDED_PORT: "80" });

  expect(portOf(environ, NO_PROXY)).toBe("8080");
  expect(portOf(environ, FORWARDED)).toBe("80");
  expect(portOf(environOf({ SERVER_PORT: "8080" }), FORWARDED)).toBe("8080");
});
