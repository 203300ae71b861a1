import { describe, expect, test } from "vitest";
import { eventually } from "../../../support/processes.ts";
import { makeProject, runserver, settingsSource, viewsSource } from "../../../support/projects.ts";
import { RawClient } from "../../../support/raw-client.ts";

const GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/** Asks on one connection until `text` is there. */
async function askUntil(client: RawClient, text: string): Promise<void> {
  await eventually(async () => {
    client.received = "";
    client.send(GET);
    return (await client.waitFor("\r\n\r\n")).includes(text) ? true : undefined;
  });
}

const pid = `export function pid() { return new HttpResponse(String(process.pid)); }\n`;
const urls = (more: string): string => `import { path } from "minorswing/urls";
import * as views from "./views.ts";
export const urlpatterns = [path("", views.home), ${more}];
`;

describe("runserver, reloading", () => {
  test("answers on one connection through many saves, always with the newest code", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;
    await using client = await RawClient.connect(Number(new URL(url).port));

    for (const word of ["second", "third", "fourth", "fifth"]) {
      await folder.write({ "views.ts": viewsSource(word) });
      await askUntil(client, word);
    }

    expect(client.ended).toBe(false);
  });

  test("ends an event stream with the code that made it", async () => {
    const events = `export function events() {
  return eventStream((async function* () { yield { data: "hello" }; await new Promise(() => {}); })());
}\n`;
    using folder = await makeProject({
      "views.ts": `import { eventStream } from "minorswing/http";\n${viewsSource("first")}${events}`,
      "urls.ts": urls(`path("events/", views.events)`),
    });
    const { server, url } = await runserver(folder);
    await using _stop = server;
    const stream = await fetch(`${url}/events/`);

    await folder.write({
      "views.ts": `import { eventStream } from "minorswing/http";\n${viewsSource("second")}${events}`,
    });

    expect(await stream.text()).toContain("data: hello");
    expect(await (await fetch(`${url}/`)).text()).toBe("second");
  });

  test("reads a changed template without another process", async () => {
    using folder = await makeProject({
      "settings.ts": settingsSource(
        `DEBUG: true, TEMPLATES: { DIRS: [import.meta.dirname + "/templates"] }`,
      ),
      "templates/home.html": "first",
      "views.ts": `import { HttpResponse } from "minorswing/http";
import { render } from "minorswing/shortcuts";
export const home = (request) => render(request, "home.html");
${pid}`,
      "urls.ts": urls(`path("pid/", views.pid)`),
    });
    const { server, url } = await runserver(folder);
    await using _stop = server;
    const before = await (await fetch(`${url}/pid/`)).text();

    await folder.write({ "templates/home.html": "second" });
    await server.waitFor(/^templates\/home\.html changed \(template\), no restart needed$/m);

    expect(await (await fetch(`${url}/`)).text()).toBe("second");
    expect(await (await fetch(`${url}/pid/`)).text()).toBe(before);
  });

  test("says that it was the settings, and takes a new module into account", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "settings.ts": settingsSource("DEBUG: true, APPEND_SLASH: false") });
    await server.waitFor(/^settings\.ts changed \(settings\), reloaded in/m);
    await folder.write({ "views.ts": `export * from "./more.ts";` });
    await eventually(async () => ((await fetch(`${url}/`)).status === 500 ? true : undefined));
    await folder.write({ "more.ts": viewsSource("more") });

    await eventually(async () =>
      (await (await fetch(`${url}/`)).text()) === "more" ? true : undefined,
    );
  });

  test.each(["process.exit(9);", "await Promise.reject(new Error('asked for'));"])(
    "shows that the project ended while it was imported, by %s, and recovers",
    async (statement) => {
      using folder = await makeProject();
      const { server, url } = await runserver(folder);
      await using _stop = server;

      await folder.write({ "views.ts": `${viewsSource("bad")}${statement}\n` });
      await server.waitFor(/The project does not load/);
      await folder.write({ "views.ts": viewsSource("mended") });

      await eventually(async () =>
        (await (await fetch(`${url}/`)).text()) === "mended" ? true : undefined,
      );
    },
  );

  test("replaces a process that ends by itself, each time later", async () => {
    using folder = await makeProject({
      "views.ts": `${viewsSource("first")}setTimeout(() => { throw new Error("in a timer"); }, 150);\n`,
    });
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await server.waitFor(/starting it again now/);
    await server.waitFor(/starting it again in 250 ms/);
    await server.waitFor(/starting it again in 500 ms/);
    expect(server.stderr).toContain("in a timer");
    await folder.write({ "views.ts": viewsSource("mended") });

    await eventually(async () =>
      (await (await fetch(`${url}/`)).text()) === "mended" ? true : undefined,
    );
  });
});
