import { describe, expect, test } from "vitest";
import {
  applicationUri,
  guessScheme,
  requestUri,
} from "../../../devserver/wsgiserver/request-uri.ts";
import { setupTestingDefaults } from "../../../devserver/wsgiserver/testing-defaults.ts";

describe("guessScheme", () => {
  test.each([
    ["on", "https"],
    ["yes", "https"],
    ["1", "https"],
    ["ON", "http"],
    ["", "http"],
    [undefined, "http"],
  ])("of HTTPS=%s is %s", (value, scheme) => {
    expect(guessScheme({ HTTPS: value })).toBe(scheme);
  });
});

describe("applicationUri and requestUri", () => {
  // What Python answers.
  test.each<[environ: Readonly<Record<string, string>>, application: string, request: string]>([
    [{}, "http://127.0.0.1/", "http://127.0.0.1/"],
    [
      { SCRIPT_NAME: "/foo", PATH_INFO: "/bar" },
      "http://127.0.0.1/foo",
      "http://127.0.0.1/foo/bar",
    ],
    [
      { SCRIPT_NAME: "/\xe4 b", PATH_INFO: "/\xc3\xa4;=,:@" },
      "http://127.0.0.1/%E4%20b",
      "http://127.0.0.1/%E4%20b/%C3%A4;=,%3A%40",
    ],
    [{ QUERY_STRING: "a=b&c" }, "http://127.0.0.1/", "http://127.0.0.1/?a=b&c"],
    [{ HTTPS: "on", HTTP_HOST: "" }, "https://127.0.0.1/", "https://127.0.0.1/"],
    [{ HTTP_HOST: "", SERVER_NAME: "h", SERVER_PORT: "8080" }, "http://h:8080/", "http://h:8080/"],
    [{ HTTP_HOST: "x:1" }, "http://x:1/", "http://x:1/"],
  ])("of %j", (environ, application, request) => {
    const whole = setupTestingDefaults({ ...environ });

    expect([applicationUri(whole), requestUri(whole)]).toEqual([application, request]);
    expect(requestUri(whole, false)).toBe(request.replace(/\?.*/, ""));
  });
});
