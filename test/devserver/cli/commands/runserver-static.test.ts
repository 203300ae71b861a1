import { describe, expect, test } from "vitest";
import {
  makeProject,
  runserver,
  settingsSource,
  type TemporaryFolder,
} from "../../../support/projects.ts";

async function staticProject(lines = "DEBUG: true"): Promise<TemporaryFolder> {
  return await makeProject({
    "settings.ts": settingsSource(`${lines},
      STATIC_URL: "static/",
      STATICFILES_DIRS: [import.meta.dirname + "/static"]`),
    "static/site.css": "a{}",
  });
}

const NO_DEBUG = 'DEBUG: false, ALLOWED_HOSTS: ["127.0.0.1"]';

describe("runserver", () => {
  test.each<[settings: string | undefined, args: string[], status: number]>([
    [undefined, ["--noreload"], 200],
    [undefined, [], 200],
    [undefined, ["--noreload", "--threads", "1"], 200],
    [undefined, ["--noreload", "--nostatic"], 404],
    [NO_DEBUG, ["--noreload"], 404],
    [NO_DEBUG, ["--noreload", "--insecure"], 200],
    [NO_DEBUG, ["--noreload", "--insecure", "--processes", "1"], 200],
    [NO_DEBUG, ["--noreload", "--insecure", "--nostatic"], 404],
  ])("with %s and %j answers a static file with %d", async (settings, args, status) => {
    using folder = await staticProject(settings);
    const { server, url } = await runserver(folder, args);
    await using _stop = server;

    const response = await fetch(`${url}/static/site.css`);
    const text = await response.text();

    expect(response.status).toBe(status);
    expect(text === "a{}").toBe(status === 200);
  });

  test("answers an escape from the static files, as it comes over the wire, with 404", async () => {
    using folder = await staticProject();
    const { server, url } = await runserver(folder, ["--noreload"]);
    await using _stop = server;

    const paths = ["%2e%2e/settings.ts", "%2e%2e%2fsettings.ts", "..%5csettings.ts", "site.css%00"];
    const answers = await Promise.all(
      paths.map(async (path) => (await fetch(`${url}/static/x%2f../${path}`)).status),
    );

    expect(answers).toEqual([404, 404, 404, 404]);
  });
});
