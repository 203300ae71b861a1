import { existsSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventually, run } from "../../../support/processes.ts";
import {
  makeProject,
  runserver,
  settingsSource,
  TemporaryFolder,
} from "../../../support/projects.ts";

const VIEWS = `import { HttpResponse } from "minorswing/http";
export const [home, nothing, badHeader, slow] = Array.from({ length: 4 }, () => () => new HttpResponse("home"));
export function boom(request) {
  const tune = { title: "Minor Swing", apiKey: "hunter2" };
  throw new Error("no <tune>");
}
`;
const PAGE = { Accept: "text/html" };
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => existsSync(path),
);

/** The page of an error, when the variables are there. */
async function pageWithVariables(url: string): Promise<string> {
  return await eventually(async () => {
    const text = await (await fetch(`${url}/boom/`, { headers: PAGE })).text();
    return text.includes("Local variables</p>") ? text : undefined;
  });
}

describe("the error page of runserver", () => {
  test.each([["supervised"], ["--noreload"], ["--processes=1"]])(
    "shows local variables, %s, and the server ends at once",
    async (mode) => {
      using folder = await makeProject({ "views.ts": VIEWS });
      const { server, url } = await runserver(folder, mode === "supervised" ? [] : [mode]);
      await using _server = server;

      const text = await pageWithVariables(url);
      const { stderr, exitCode } = await server.stop("SIGTERM");

      expect(text).toContain(
        "{ title: &#x27;Minor Swing&#x27;, apiKey: &#x27;********************&#x27; }",
      );
      expect(text).toContain("/__minorswing__/open-editor");
      expect(stderr).not.toContain("Waiting for the debugger");
      expect(exitCode).toBe(0);
    },
  );

  test.each([
    ["DEBUG_LOCALS is false", "DEBUG: true, DEBUG_LOCALS: false", []],
    ["threads run the views", "DEBUG: true", ["--threads=1"]],
  ])("has none where %s, and says so", async (_what, settings, args) => {
    using folder = await makeProject({
      "views.ts": VIEWS,
      "settings.ts": settingsSource(settings),
    });
    const { server, url } = await runserver(folder, ["--noreload", ...args]);
    await using _server = server;

    const text = await (await fetch(`${url}/boom/`, { headers: PAGE })).text();

    expect(text).toContain("no &lt;tune&gt;");
    expect(text).toContain("where the development server collects them");
    expect(text).not.toContain("Local variables</p>");
  });

  test("is not there without DEBUG, and neither are its tools", async () => {
    using folder = await makeProject({
      "views.ts": VIEWS,
      "settings.ts": settingsSource('DEBUG: false, ALLOWED_HOSTS: ["127.0.0.1"]'),
    });
    const { server, url } = await runserver(folder, ["--noreload"]);
    await using _server = server;

    const page = await fetch(`${url}/boom/`, { headers: PAGE });
    const tool = await fetch(`${url}/__minorswing__/open-editor`, { method: "POST" });

    expect(await page.text()).toContain("Server Error (500)");
    expect(tool.status).toBe(404);
  });

  test("opens a place in the editor", async () => {
    using folder = await makeProject({ "views.ts": VIEWS });
    await folder.write({ "editor.sh": '#!/bin/sh\necho "$@" > opened.txt\n' });
    await chmod(join(folder.path, "editor.sh"), 0o755);
    process.env.LAUNCH_EDITOR = join(folder.path, "editor.sh");
    const { server, url } = await runserver(folder, ["--noreload"]);
    delete process.env.LAUNCH_EDITOR;
    await using _server = server;

    const answer = await fetch(`${url}/__minorswing__/open-editor`, {
      method: "POST",
      headers: { Origin: url, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ place: join(folder.path, "views.ts:4:9") }).toString(),
    });
    const opened = await eventually(async () => {
      const text = await readFile(join(folder.path, "opened.txt"), "utf8");
      return text === "" ? undefined : text;
    });

    expect(answer.status).toBe(204);
    expect(opened).toContain("views.ts");
  });
});

describe("the page of a project that does not load", () => {
  test("shows the line of the mistake", async () => {
    using folder = await makeProject({ "views.ts": 'export const home = "open;\n' });
    const { server, url } = await runserver(folder);
    await using _server = server;

    const text = await (await fetch(url)).text();

    expect(text).toMatch(/^The project does not load\nUnterminated string constant\n/);
    expect(text).toContain("Exception Location: views.ts:1:21\n");
    expect(text).toContain('    > 1 | export const home = "open;\n');
    expect(text).toContain("Reported as: The URLconf");
  });

  test("shows the import that found nothing", async () => {
    using folder = await makeProject({
      "views.ts": 'import { x } from "./gone.ts";\nexport const home = x;\n',
    });
    const { server, url } = await runserver(folder);
    await using _server = server;

    const text = await (await fetch(url)).text();

    expect(text).toContain("Exception Location: views.ts:1:20\n");
  });
});

describe.skipIf(CHROMIUM === undefined)("in a browser", () => {
  test("the page runs its script and has no errors, also below a strict policy", async () => {
    using folder = await makeProject({
      "views.ts": VIEWS,
      "settings.ts": settingsSource("DEBUG: true, MIDDLEWARE: [strict]").replace(
        "export default",
        `const strict = (getResponse) => (request) => {
  request.cspNonce = "abc";
  const response = getResponse(request);
  response.headers.set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'");
  return response;
};
export default`,
      ),
    });
    const { server, url } = await runserver(folder, ["--noreload"]);
    await using _server = server;
    using profile = new TemporaryFolder();

    const { stdout, stderr } = await run(
      CHROMIUM ?? "",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--enable-logging=stderr",
        `--user-data-dir=${profile.path}`,
        "--dump-dom",
        `${url}/boom/`,
      ],
      folder.path,
    );

    // The script shows the button, which is hidden without it.
    expect(stdout).toMatch(/<button id="copy" type="button" aria-live="polite">/);
    expect(stderr).not.toMatch(/Content Security Policy|Uncaught/);
  });
});
