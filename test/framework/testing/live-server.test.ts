import { describe, expect, test } from "vitest";
import { liveServer } from "../../../framework/testing/live-server.ts";
import { path } from "../../../framework/urls/path.ts";
import { type Echo, echo, hello, siteOf } from "./sites.ts";

const site = siteOf([
  path("hello/", hello),
  path("echo/", echo),
  path("fail/", () => {
    throw new Error("as asked");
  }),
]);

describe("liveServer", () => {
  test("serves a site on a port of the system's choice", async () => {
    await using server = await liveServer(site);

    const response = await fetch(`${server.url}/echo/`, { method: "POST", body: "x" });
    const found = (await response.json()) as Echo;

    expect(server.url).toBe(`http://localhost:${server.port}`);
    expect(found).toMatchObject({ method: "POST", host: `localhost:${server.port}`, body: "x" });
  });

  test("stops with its scope, whoever is still connected", async () => {
    let url = "";
    {
      await using server = await liveServer(site, { host: "127.0.0.1" });
      url = server.url;
      await (await fetch(`${url}/hello/`)).text();
    }

    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test("can be closed twice", async () => {
    const server = await liveServer(site);

    await server.close();
    await server[Symbol.asyncDispose]();

    expect(server.port).toBeGreaterThan(0);
  });

  test("keeps what the site reports", async () => {
    await using server = await liveServer(site);

    await (await fetch(`${server.url}/fail/`)).text();

    expect(server.errors).toContain("as asked");
  });

  test("serves any application", async () => {
    await using server = await liveServer((_environ, startResponse) => {
      startResponse("200 OK", []);
      return [Buffer.from("bare")];
    });

    expect(await (await fetch(server.url)).text()).toBe("bare");
  });
});
