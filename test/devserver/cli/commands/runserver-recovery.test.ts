import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../support/processes.ts";
import { makeProject, runserver, settingsSource, viewsSource } from "../../../support/projects.ts";

/** A site whose view at /crash/ does `statement` before it answers. */
const crashing = (statement: string): Record<string, string> => ({
  "views.ts": `${viewsSource("first")}
export function crash() { ${statement}; return new HttpResponse("begun"); }
`,
  "urls.ts": `import { path } from "minorswing/urls"; import { home, crash } from "./views.ts";
export const urlpatterns = [path("", home), path("crash/", crash)];`,
});

async function untilSays(url: string, text: string): Promise<void> {
  await eventually(async () =>
    (await (await fetch(`${url}/`)).text()).includes(text) ? true : undefined,
  );
}

describe("runserver, when a view ends its process", () => {
  test.each([
    ["a rejection that nobody handles", `void Promise.reject(new Error("a lost promise"))`],
    ["an exception in a timer", `setTimeout(() => { throw new Error("a lost promise"); }, 5)`],
  ])("by %s, replaces it and shows the cause", async (_what, statement) => {
    using folder = await makeProject(crashing(statement));
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await fetch(`${url}/crash/`).catch(() => undefined);
    await server.waitFor(/The server process ended \(exit code 1\); starting it again now/);
    const response = await fetch(`${url}/`);

    expect(await response.text()).toBe("first");
    expect(server.stderr).toMatch(/Error: a lost promise\n\s+at .*views\.ts:\d+/);
  });

  test("by exit code 3, starts it again without calling that a crash", async () => {
    using folder = await makeProject(crashing("process.exit(3)"));
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await fetch(`${url}/crash/`).catch(() => undefined);
    await server.waitFor(/started again in \d+ ms/);

    expect(await (await fetch(`${url}/`)).text()).toBe("first");
    expect(server.output).not.toContain("process ended");
  });
});

describe("runserver, when the project is broken", () => {
  test("reports it once, however many ask, and again only for another save", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;

    // In one piece, as editors do it: a save that is seen in two halves is two.
    await folder.write({ "views.ts.new": "this is no code" });
    await rename(join(folder.path, "views.ts.new"), join(folder.path, "views.ts"));
    await untilSays(url, "does not load");
    await server.waitFor(/The project does not load/);
    for (const path of ["/", "/boom/", "/nope/"]) await fetch(url + path);
    await folder.write({ "views.ts": viewsSource("mended") });
    await untilSays(url, "mended");

    expect(server.output.match(/The project does not load/g)).toHaveLength(1);
  });

  test("by its settings, shows so on every page, and recovers", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "settings.ts": settingsSource('DEBUG: "yes"') });
    await untilSays(url, "DEBUG must be true or false");
    await folder.write({ "settings.ts": settingsSource("DEBUG: true") });

    await untilSays(url, "first");
    await server.waitFor(/^settings\.ts changed \(settings\), reloaded in \d+ ms/m);
  });

  test("by a file that was deleted or renamed, recovers when it is back", async () => {
    using folder = await makeProject({
      "views.ts": `export * from "./more.ts";`,
      "more.ts": viewsSource("more"),
    });
    const { server, url } = await runserver(folder);
    await using _stop = server;
    const more = join(folder.path, "more.ts");

    await rm(more);
    await untilSays(url, "does not load");
    await folder.write({ "more.ts": viewsSource("again") });
    await untilSays(url, "again");
    await rename(more, join(folder.path, "less.ts"));
    await untilSays(url, "does not load");
    await folder.write({ "views.ts": `export * from "./less.ts";` });
    await untilSays(url, "again");

    expect(server.output).toMatch(/Cannot find module '\S+more\.ts'/);
  });
});

test("runserver reads .env anew when it changes", async () => {
  using folder = await makeProject({
    ".env": "WORD=first\n",
    "views.ts": viewsSource("x").replace('"x"', "String(process.env.WORD)"),
  });
  const { server, url } = await runserver(folder);
  await using _stop = server;
  await untilSays(url, "first");

  await folder.write({ ".env": "WORD=second\n" });

  await untilSays(url, "second");
  await server.waitFor(/^\.env changed \(settings\), reloaded in \d+ ms/m);
});

test("runserver says when a project takes long to load, answers meanwhile, and recovers", async () => {
  using folder = await makeProject();
  const { server, url } = await runserver(folder);
  await using _stop = server;

  await folder.write({ "views.ts": `${viewsSource("never")}await new Promise(() => {});` });
  await server.waitFor(/still loading after 5 s; the code from before goes on answering/);
  const meanwhile = await fetch(`${url}/`);
  await folder.write({ "views.ts": viewsSource("second") });

  expect(await meanwhile.text()).toBe("first");
  await untilSays(url, "second");
});
