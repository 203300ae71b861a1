import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Browser, CHROMIUM } from "../support/browser.ts";
import { eventually } from "../support/processes.ts";
import { makeProject, runserver, type TemporaryFolder, viewsSource } from "../support/projects.ts";

const heading = (text: string): string =>
  `document.querySelector("h1")?.textContent.includes(${JSON.stringify(text)})`;

describe.skipIf(CHROMIUM === undefined)("the error page in a browser", () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await Browser.start()));
  afterAll(() => browser?.[Symbol.asyncDispose]());

  const onErrorPage = async (
    act: (folder: TemporaryFolder, url: string) => Promise<void>,
  ): Promise<void> => {
    using folder = await makeProject({ editor: '#!/bin/sh\necho "$@" > opened.txt\n' });
    await chmod(join(folder.path, "editor"), 0o755);
    const env = { LAUNCH_EDITOR: join(folder.path, "editor") };
    const { server, url } = await runserver(folder, [], env);
    await using _stop = server;
    await browser.goto(`${url}/boom/`);
    await act(folder, url);
  };

  test("is copied as text, with one click", async () => {
    await onErrorPage(async (_folder, url) => {
      await browser.evaluate(
        "navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }",
      );

      await browser.evaluate(`document.getElementById("copy").click()`);
      await browser.waitFor(`document.getElementById("copy").textContent === "Copied"`);

      const copied = await browser.evaluate<string>("globalThis.copied");
      expect(copied).toMatch(/^Error at \/boom\/\nboom & <bust>\n/);
      expect(copied).toContain(`Request URL: ${url}/boom/`);
      expect(copied).toMatch(/\(views\.ts:3:\d+\)|views\.ts:3/);
    });
  });

  test("opens the editor at the line of the error, with one click, and stays", async () => {
    await onErrorPage(async (folder) => {
      await browser.evaluate(`document.querySelector(".where button").click()`);

      const opened = await eventually(async () => {
        const text = await readFile(join(folder.path, "opened.txt"), "utf8").catch(() => "");
        return text === "" ? undefined : text;
      });
      expect(opened).toContain(join(folder.path, "views.ts"));
      expect(await browser.evaluate(heading("Error"))).toBe(true);
    });
  });

  test("gives way to the page when the view is mended", async () => {
    await onErrorPage(async (folder) => {
      await folder.write({
        "views.ts": viewsSource("mended").replace(
          'throw new Error("boom & <bust>");',
          'return new HttpResponse("<h1>fine</h1>");',
        ),
      });

      await browser.waitFor(heading("fine"));
      expect(await browser.evaluate(heading("Error"))).toBe(false);
    });
  });

  test("is light or dark as the user likes it", async () => {
    await onErrorPage(async () => {
      const scheme = await browser.evaluate("getComputedStyle(document.body).colorScheme");

      expect(scheme).toBe("light dark");
    });
  });
});
