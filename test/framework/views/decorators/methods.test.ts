import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../../framework/http/response.ts";
import type { View } from "../../../../framework/urls/route-params.ts";
import { neverCache } from "../../../../framework/views/decorators/caching.ts";
import {
  requireGET,
  requireMethods,
  requirePOST,
  requireSafe,
} from "../../../../framework/views/decorators/methods.ts";
import { LOG_WARNINGS, answerOf, makeRequest } from "../../../support/wsgi.ts";

const ok = () => new HttpResponse("ok");
const statusOf = async (view: View, method: string) =>
  Number((await answerOf(view, {}, { method })).status.slice(0, 3));

describe("requireMethods", () => {
  test.each<[name: string, view: View, allowed: readonly string[]]>([
    ["requireMethods", requireMethods(["PUT", "post"], ok), ["PUT", "POST"]],
    ["requireMethods with GET", requireMethods(["GET", "POST"], ok), ["GET", "HEAD", "POST"]],
    ["requireGET", requireGET(ok), ["GET", "HEAD"]],
    ["requirePOST", requirePOST(ok), ["POST"]],
    ["requireSafe", requireSafe(ok), ["GET", "HEAD"]],
  ])("%s lets its methods through, and no other", async (_name, view, allowed) => {
    const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"];
    const statuses = await Promise.all(methods.map((method) => statusOf(view, method)));

    // What is not asked for a page is answered by the resolver, which knows the methods of the view.
    const refused = (method: string): number => (method === "OPTIONS" ? 204 : 405);
    expect(statuses).toEqual(
      methods.map((method) => (allowed.includes(method) ? 200 : refused(method))),
    );
    expect(view).toHaveProperty("methods", allowed);
  });

  test("says in the answer what is allowed, and in the log what was not, once", async () => {
    const answer = await answerOf(requirePOST(ok), LOG_WARNINGS, { method: "GET" });

    expect(answer.header("Allow")).toBe("POST, OPTIONS");
    expect(answer.errors).toBe("Method Not Allowed (GET): /\n");
  });

  test("keeps name, marks and synchronicity", () => {
    const view = Object.assign(
      function tune() {
        return new HttpResponse();
      },
      { csrfExempt: true },
    );

    const decorated = requireGET(neverCache(view));

    expect(decorated.name).toBe("tune");
    expect(decorated).toHaveProperty("csrfExempt", true);
    expect(decorated(makeRequest(), {})).toBeInstanceOf(HttpResponse);
  });

  test.each([[[]], ["GET"], [["GET POST"]], [[3]], [undefined]])(
    "refuses the list %j",
    (methods) => {
      expect(() => requireMethods(methods as string[], ok)).toThrow(
        "requireMethods takes an array",
      );
    },
  );
});
