import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openEditor, type OpenEditorOptions } from "../../../../devserver/cli/debug/open-editor.ts";
import { TemporaryFolder } from "../../../support/projects.ts";
import { type Answer, call } from "../../../support/wsgi.ts";

/** A page of this site in a browser on this machine. */
const OWN_PAGE = {
  HTTP_HOST: "127.0.0.1:8000",
  HTTP_ORIGIN: "http://127.0.0.1:8000",
  HTTP_SEC_FETCH_SITE: "same-origin",
};

interface Opened {
  readonly answer: Answer;
  /** What the editor was started with. */
  readonly launched: readonly string[];
  readonly folder: string;
}

async function open(
  place: (folder: string) => string,
  environ: Readonly<Record<string, unknown>> = {},
  options: Partial<OpenEditorOptions> = {},
): Promise<Opened> {
  using folder = new TemporaryFolder();
  await folder.write({ "views.ts": "", "odd name:1.ts": "" });
  symlinkSync("/etc/hosts", join(folder.path, "link.ts"));
  const body = new URLSearchParams({ place: place(folder.path) }).toString();
  const launched: string[] = [];
  const answer = await call(
    (given, startResponse) =>
      openEditor(given, startResponse, {
        allowedHosts: [],
        folder: folder.path,
        launch: async (file) => void launched.push(file),
        ...options,
      }),
    {
      method: "POST",
      path: "/__minorswing__/open-editor",
      body: [body],
      environ: { ...OWN_PAGE, CONTENT_LENGTH: String(body.length), ...environ },
    },
  );
  return { answer, launched, folder: folder.path };
}

describe("openEditor", () => {
  test("opens a file of the project at its line and column", async () => {
    const { answer, launched, folder } = await open((path) => `${path}/views.ts:3:9`);

    expect(answer.status).toBe("204 No Content");
    expect(answer.text).toBe("");
    expect(launched).toEqual([`${folder}/views.ts:3:9`]);
  });

  test("takes a name with a colon for what it is", async () => {
    const { launched, folder } = await open((path) => `${path}/odd name:1.ts:7`);

    expect(launched).toEqual([`${folder}/odd name:1.ts:7`]);
  });

  test.each<[what: string, place: (folder: string) => string]>([
    ["outside of the project", () => "/etc/hosts"],
    ["outside by way of dots", (path) => `${path}/../../etc/hosts`],
    ["outside by way of a link", (path) => `${path}/link.ts`],
    ["that does not exist", (path) => `${path}/nothing.ts`],
    ["that is the folder itself", (path) => path],
    ["without a name", () => ""],
    ["with a null byte", (path) => `${path}/views.ts\0`],
  ])("opens no file %s", async (_what, place) => {
    const { answer, launched } = await open(place);

    expect(answer.status).toBe("404 Not Found");
    expect(launched).toEqual([]);
  });

  test.each<[who: string, environ: Readonly<Record<string, unknown>>]>([
    ["another machine", { REMOTE_ADDR: "192.168.1.7" }],
    ["an unknown client", { REMOTE_ADDR: "" }],
    ["a proxy", { HTTP_X_FORWARDED_FOR: "127.0.0.1" }],
    [
      "a page of another site",
      { HTTP_ORIGIN: "https://evil.example", HTTP_SEC_FETCH_SITE: "cross-site" },
    ],
    [
      "a page of another port",
      { HTTP_ORIGIN: "http://127.0.0.1:9000", HTTP_SEC_FETCH_SITE: "same-site" },
    ],
    [
      "an origin that says it is the same",
      { HTTP_SEC_FETCH_SITE: "same-origin", HTTP_ORIGIN: "http://evil.example" },
    ],
    ["a sandbox", { HTTP_ORIGIN: "null", HTTP_SEC_FETCH_SITE: "cross-site" }],
    ["no page at all", { HTTP_ORIGIN: undefined, HTTP_SEC_FETCH_SITE: undefined }],
    [
      "a name that was bent to this machine",
      { HTTP_HOST: "evil.example", HTTP_ORIGIN: "http://evil.example" },
    ],
  ])("opens nothing for %s", async (_who, environ) => {
    const { answer, launched } = await open((path) => `${path}/views.ts`, environ, {
      allowedHosts: ["*"],
    });

    expect(answer.status).toBe("403 Forbidden");
    expect(launched).toEqual([]);
  });

  test.each<[who: string, environ: Readonly<Record<string, unknown>>]>([
    ["an older browser, which says only the origin", { HTTP_SEC_FETCH_SITE: undefined }],
    ["a page that hides its origin", { HTTP_ORIGIN: "null" }],
    ["IPv6", { REMOTE_ADDR: "::1" }],
    ["IPv4 in IPv6", { REMOTE_ADDR: "::ffff:127.0.0.1" }],
  ])("opens for %s", async (_who, environ) => {
    const { answer } = await open((path) => `${path}/views.ts`, environ);

    expect(answer.status).toBe("204 No Content");
  });

  test("takes only POST, and only what is short", async () => {
    const get = await call(
      (environ, startResponse) =>
        openEditor(environ, startResponse, { allowedHosts: [], folder: "/" }),
      { environ: OWN_PAGE },
    );
    const long = await open((path) => path, { CONTENT_LENGTH: "100000" });
    const endless = await open((path) => path, { CONTENT_LENGTH: undefined });

    expect([get.status, get.header("Allow")]).toEqual(["405 Method Not Allowed", "POST"]);
    expect(long.answer.status).toBe("413 Content Too Large");
    expect(endless.answer.status).toBe("413 Content Too Large");
  });

  test("says so when there is no editor", async () => {
    const { answer } = await open(
      (path) => `${path}/views.ts`,
      {},
      {
        launch: () => Promise.reject(new Error("no editor was found")),
      },
    );

    expect(answer.status).toBe("502 Bad Gateway");
    expect(answer.text).toContain("LAUNCH_EDITOR");
  });
});
