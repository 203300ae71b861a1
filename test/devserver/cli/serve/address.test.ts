import { describe, expect, test } from "vitest";
import {
  explainBindError,
  formatUrl,
  parseAddress,
} from "../../../../devserver/cli/serve/address.ts";

describe("parseAddress", () => {
  test.each<[text: string | undefined, host: string, port: number]>([
    [undefined, "127.0.0.1", 8000],
    ["7000", "127.0.0.1", 7000],
    ["0", "127.0.0.1", 0],
    ["1.2.3.4:8000", "1.2.3.4", 8000],
    ["0:8000", "0.0.0.0", 8000],
    ["localhost:8000", "localhost", 8000],
    ["beef:7654", "beef", 7654],
    ["[::1]:8001", "::1", 8001],
    ["[2001:db8::9]:7000", "2001:db8::9", 7000],
  ])("takes %s", (text, host, port) => {
    expect(parseAddress(text)).toEqual([host, port]);
  });

  test.each(["foo:bar", "80000", "1.2.3.4:65536", "::1:8000", "localhost", "-1", "", "8000 "])(
    "refuses %j, and says what is possible",
    (text) => {
      expect(() => parseAddress(text)).toThrow(
        `"${text}" is not a valid port number or address:port pair (such as 8001`,
      );
    },
  );
});

describe("formatUrl", () => {
  test("brackets an IPv6 address", () => {
    expect(formatUrl(["::1", 8000])).toBe("http://[::1]:8000/");
  });
});

describe("explainBindError", () => {
  test.each([
    ["EADDRINUSE", "That port is already in use: 10.0.0.1:80."],
    ["EACCES", "You don't have permission to access that port: 10.0.0.1:80."],
    ["EADDRNOTAVAIL", "That IP address can't be assigned to: 10.0.0.1."],
    ["ENOTFOUND", "That host name is not known: 10.0.0.1."],
  ])("puts %s into words", (code, message) => {
    const error = explainBindError(Object.assign(new Error("bind"), { code }), ["10.0.0.1", 80]);

    expect(error.message).toBe(message);
    expect(error.exitCode).toBe(1);
  });

  test("passes on what it does not know", () => {
    expect(explainBindError(new Error("no buffer space"), ["::1", 1]).message).toBe(
      "no buffer space",
    );
  });
});
