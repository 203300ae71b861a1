import { describe, expect, test } from "vitest";
import type { Middleware } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { whenReady } from "../../../framework/utils/maybe-promise.ts";
import { Client } from "../../../framework/testing/client.ts";
import { path } from "../../../framework/urls/path.ts";
import { siteOf } from "./sites.ts";

/** Sessions in their smallest form: they live in the application, the cookie is their number. */
const tinySessions: Middleware = (getResponse) => {
  const sessions: Map<string, unknown>[] = [];
  return (request) => {
    const key = Number(request.COOKIES.tiny ?? sessions.push(new Map()) - 1);
    Object.assign(request, { session: sessions[key] });
    return whenReady(getResponse(request), (response) => response.setCookie("tiny", String(key)));
  };
};

const refusing: Middleware = () => () => new HttpResponse("", { status: 401 });

const view = (request: object): HttpResponse => {
  const session = Reflect.get(request, "session") as Map<string, unknown>;
  session.set("count", Number(session.get("count") ?? 0) + 1);
  return new HttpResponse(String(session.get("count")));
};

const site = siteOf([path("", view)], { MIDDLEWARE: [tinySessions] });

describe("client.session", () => {
  test("sees what the site has remembered", async () => {
    const client = new Client(site);
    await client.get("/");

    expect(await client.session((session) => session.get("count"))).toBe(1);
  });

  test("makes the site remember", async () => {
    const client = new Client(site);

    await client.session(async (session) => {
      await Promise.resolve();
      session.set("count", 41);
    });

    expect((await client.get("/")).text).toBe("42");
  });

  test("asks no middleware further in", async () => {
    const guarded = siteOf([path("", view)], { MIDDLEWARE: [tinySessions, refusing] });

    expect(await new Client(guarded).session(() => "asked")).toBe("asked");
  });

  test("throws what the test throws in it", async () => {
    const failing = new Client(site).session(() => {
      throw new Error("as asked");
    });

    await expect(failing).rejects.toThrow("as asked");
  });

  test("needs a site with sessions", async () => {
    await expect(new Client(siteOf([])).session(() => 1)).rejects.toThrow(
      "This site has no sessions",
    );
    await expect(new Client(() => []).session(() => 1)).rejects.toThrow("made from settings");
  });
});
