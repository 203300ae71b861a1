import { describe, expect, test } from "vitest";
import { Client } from "../../../framework/adapters/client.ts";
import { BodyInput } from "../../../framework/adapters/body-input.ts";
import { makeEnviron, type RequestFacts } from "../../../framework/adapters/environ.ts";
import { addHeaders, splitTarget } from "../../../devserver/wsgiserver/environ.ts";
import type { Environ } from "../../../framework/wsgi.ts";

function environOf(facts: Partial<RequestFacts>): Environ {
  const nothing = { [Symbol.dispose]: () => undefined };
  return makeEnviron(
    {
      method: "GET",
      target: "/",
      protocol: "HTTP/1.1",
      scheme: "http",
      serverName: "localhost",
      serverPort: "80",
      remoteAddress: undefined,
      fields: [],
      input: new BodyInput({ next: () => Promise.resolve(undefined) }),
      client: new Client({ hasHappened: false, listen: () => nothing }),
      ...facts,
    },
    {},
  );
}

describe("the environ of an adapter", () => {
  test.each([
    ["/a?b=c", "/a", "b=c", undefined],
    ["/%3f%E4%zz?%3f", "/?\xe4%zz", "%3f", undefined],
    ["*", "*", "", undefined],
    ["//evil/x//y", "/evil/x//y", "", undefined],
    ["http://h:1/a?b", "/a", "b", "h:1"],
    ["HTTPS://h", "/", "", "h"],
    ["http://h//evil", "/evil", "", "h"],
    ["/http://h/", "/http://h/", "", undefined],
  ])("splits %s", (target, path, query, host) => {
    const environ = environOf({ target });

    expect([environ.PATH_INFO, environ.QUERY_STRING, environ.HTTP_HOST]).toEqual([
      path,
      query,
      host,
    ]);
  });

  test("has the host that the transport knows, unless the target says another", () => {
    const fields = ["Host", "sent"];

    const hosts = [
      environOf({ fields }),
      environOf({ fields, host: "known" }),
      environOf({ fields, host: "known", target: "http://asked/" }),
    ].map((environ) => environ.HTTP_HOST);

    expect(hosts).toEqual(["sent", "known", "asked"]);
  });

  test.each([
    ["as they are", ["X-A", "1", "x-b", "2"]],
    ["repeated", ["X-A", "", "x-a", "2", "Cookie", "a=b", "cookie", "c=d"]],
    ["with underscores", ["X_A", "1", "Content_Length", "5", "content_type", "a", "X-A", "2"]],
    ["of the body", ["Content-Type", "a", "CONTENT-LENGTH", "5"]],
    ["that look like the server's", ["Server-Name", "evil", "Remote-Addr", "evil"]],
  ])("has headers %s, the same ones as our own server's", (_what, fields) => {
    const environ = environOf({ fields });
    const expected = environOf({});

    addHeaders(expected, fields);

    expect({ ...environ, "wsgi.input": 0, "minorswing.client": 0 }).toEqual({
      ...expected,
      "wsgi.input": 0,
      "minorswing.client": 0,
    });
  });

  test.each(["/a%20b?c", "http://h?b", "/%", "/a/%2e%2e/b", "https://h/?a?b"])(
    "has the path and query of %s that our own server has",
    (target) => {
      const { path, query, host } = splitTarget(target);

      expect(environOf({ target })).toMatchObject({
        PATH_INFO: path,
        QUERY_STRING: query,
        ...(host === undefined ? {} : { HTTP_HOST: host }),
      });
    },
  );
});
