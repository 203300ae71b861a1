import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Browser, CHROMIUM } from "../support/browser.ts";
import { eventually } from "../support/processes.ts";
import {
  makeProject,
  runserver,
  settingsSource,
  type TemporaryFolder,
} from "../support/projects.ts";

const SITE = {
  "settings.ts":
    settingsSource(`DEBUG: true, BASE_DIR: import.meta.dirname, INSTALLED_APPS: ["site"],
  TEMPLATES: { DIRS: [import.meta.dirname + "/templates"] }`),
  "urls.ts": `import { path } from "minorswing/urls"; import { home, css, strict, form } from "./views.ts";
export const urlpatterns = [path("", home), path("static/css/site.css", css), path("strict/", strict), path("form/", form)];`,
  "views.ts": views("first"),
  "templates/home.html": template("one"),
  "site/static/css/site.css": "h1 { color: rgb(255, 0, 0) }",
};

function views(word: string): string {
  return `import { appendFileSync, readFileSync } from "node:fs";
import { HttpResponse } from "minorswing/http";
import { render } from "minorswing/shortcuts";
const policy = "default-src 'none'; script-src 'nonce-c3dpbmc='; connect-src 'self'";
export const home = (request) => render(request, "home.html", { word: "${word}" });
export const css = () => new HttpResponse(readFileSync(import.meta.dirname + "/site/static/css/site.css"), { contentType: "text/css" });
export const strict = () => new HttpResponse("<!doctype html><h1>${word}</h1>", { headers: { "Content-Security-Policy": policy } });
export function form(request) {
  if (request.method === "POST") appendFileSync(import.meta.dirname + "/posts", "${word} ");
  return new HttpResponse('<!doctype html><link rel="stylesheet" href="/static/css/site.css"><h1>' + request.method + '</h1><form method="post"></form>');
}
`;
}

function template(word: string): string {
  return `<!doctype html><link rel="stylesheet" href="/static/css/site.css"><h1>{{ word }}</h1><p>${word}</p>
<div style="height: 4000px"></div>`;
}

const LISTENS = `document.querySelector("script[data-live]") !== null`;
const heading = (text: string): string =>
  `document.querySelector("h1")?.textContent === ${JSON.stringify(text)}`;
const color = (rgb: string): string =>
  `getComputedStyle(document.querySelector("h1")).color === "rgb(${rgb})"`;

// A browser, five servers and all other tests share two cores.
describe.skipIf(CHROMIUM === undefined)("live reload in a browser", { retry: 1 }, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await Browser.start()));
  afterAll(() => browser?.[Symbol.asyncDispose]());

  const withSite = async (
    flags: readonly string[],
    act: (folder: TemporaryFolder, url: string) => Promise<void>,
  ): Promise<void> => {
    using folder = await makeProject(SITE);
    const { server, url } = await runserver(folder, flags, { XDG_CACHE_HOME: folder.path });
    await using _stop = server;
    await act(folder, url);
  };

  test.each([
    ["one process", []],
    ["threads", ["--threads", "1"]],
    ["processes with threads", ["--processes", "2", "--threads", "1"]],
    ["HTTPS", ["--https"]],
  ])("follows code, a template and a style sheet, served by %s", async (_name, flags) => {
    await withSite(flags, async (folder, url) => {
      await browser.goto(`${url}/`);
      await browser.waitFor(color("255, 0, 0"));
      await browser.evaluate("scrollTo(0, 1500)");

      await folder.write({ "views.ts": views("second") });
      await browser.waitFor(heading("second"));
      await browser.waitFor("scrollY === 1500");

      await folder.write({ "templates/home.html": template("two") });
      await browser.waitFor(`document.querySelector("p")?.textContent === "two"`);

      // A page that does not listen yet learns only that it is old, and reloads.
      await browser.waitFor(LISTENS);
      await browser.evaluate("globalThis.isSamePage = true");
      await folder.write({ "site/static/css/site.css": "h1 { color: rgb(0, 128, 0) }" });
      await browser.waitFor(color("0, 128, 0"));
      await folder.write({ "site/static/css/site.css": "h1 { color: rgb(0, 0, 255) }" });
      await browser.waitFor(color("0, 0, 255"));
      expect(await browser.evaluate("globalThis.isSamePage")).toBe(true);
      await browser.waitFor(`document.querySelectorAll("link").length === 1`);
    });
  });

  test("comes back by itself when code that does not load is mended, also under a strict policy", async () => {
    await withSite([], async (folder, url) => {
      await browser.goto(`${url}/strict/`);

      await folder.write({ "views.ts": "this is no code" });
      await browser.waitFor(heading("The project does not load: SyntaxError"));
      await folder.write({ "views.ts": views("mended") });

      await browser.waitFor(heading("mended"));
    });
  });

  test("does not send a form again, but swaps the style sheets of the page that answered it", async () => {
    await withSite([], async (folder, url) => {
      await browser.goto(`${url}/form/`);
      await browser.evaluate("document.forms[0].submit()");
      await browser.waitFor(heading("POST"));
      await browser.waitFor(LISTENS);
      await browser.waitFor(color("255, 0, 0"));

      await folder.write({ "views.ts": views("second") });
      await eventually(async () => {
        const page = await (await fetch(`${url}/`)).text();
        return page.includes("second") ? true : undefined;
      });
      await folder.write({ "site/static/css/site.css": "h1 { color: rgb(0, 128, 0) }" });
      await browser.waitFor(color("0, 128, 0"));

      expect(await readFile(join(folder.path, "posts"), "utf8")).toBe("first ");
    });
  });
});
