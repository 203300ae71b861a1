import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { eventually, run } from "../../../support/processes.ts";
import { RawClient } from "../../../support/raw-client.ts";
import {
  devserver,
  makeProject,
  runserver,
  settingsSource,
  TemporaryFolder,
  viewsSource,
} from "../../../support/projects.ts";

describe.each([
  { name: "on its own", flags: ["--noreload"] },
  { name: "supervised", flags: [] },
  { name: "in threads, on its own", flags: ["--threads", "2", "--noreload"] },
  { name: "in processes with threads, supervised", flags: ["--processes", "2", "--threads", "1"] },
])("runserver, $name", ({ flags }) => {
  test("prints product, settings, address and how to quit once it listens, then serves", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;

    const response = await fetch(`${url}/`);

    expect(await response.text()).toBe("first");
    expect(server.stdout).toMatch(
      /^minorswing \d+\.\d+\.\d+ on Node \S+, using settings settings\.ts\n/m,
    );
    expect(server.stdout).toContain("Quit the server with CONTROL-C.");
    await server.waitFor(/\[\d\d\/\w{3}\/\d{4} \d\d:\d\d:\d\d\] "GET \/ HTTP\/1\.1" 200 5\n/);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("stops cleanly on %s", async (signal) => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;
    await fetch(`${url}/`);

    const { exitCode } = await server.stop(signal);

    expect(exitCode).toBe(0);
    await expect(fetch(`${url}/`)).rejects.toThrow("fetch failed");
  });

  test("lets a request finish that was begun before the stop", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;
    const slow = fetch(`${url}/slow/`);
    await eventually(async () => ((await fetch(`${url}/`)).ok ? true : undefined));

    const stopped = server.stop("SIGTERM");

    expect(await (await slow).text()).toBe("slow first");
    expect((await stopped).exitCode).toBe(0);
  });

  test("says so, and what else to do, and exits 1 when the port is in use", async () => {
    using folder = await makeProject();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;

    const { exitCode, stderr, stdout } = await devserver(
      ["runserver", String(port), ...flags],
      folder.path,
    ).finish();
    other.close();

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Error: That port is already in use: 127.0.0.1:${port}.\n`);
    expect(stderr).toMatch(/\nFree is: npx devserver runserver \d+( --\S+( \d)?)*\n$/);
    expect(stdout).toBe("");
  });

  test("survives a view that throws and a path that is none", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;

    const statuses = [];
    for (const path of ["/boom/", "/nope/", "/nothing/", "/bad-header/", "/"]) {
      statuses.push((await fetch(url + path)).status);
    }

    expect(statuses).toEqual([500, 404, 500, 500, 200]);
    await server.waitFor(/Error: boom & <bust>\n\s+at boom \(.*views\.ts:3/);
    await server.waitFor(/The view nothing didn't return an HttpResponse object/);
    await server.waitFor(
      /BadHeaderError: Header values can't contain newlines .*\n\s+at badHeader \(.*views\.ts:5/,
    );
  });
});

describe("runserver, reloading", () => {
  test("serves the new code after a save, and says which file it was", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "views.ts": viewsSource("second") });

    await eventually(async () =>
      (await (await fetch(`${url}/`)).text()) === "second" ? true : undefined,
    );
    await server.waitFor(/^views\.ts changed \(code\), reloaded in \d+ ms, \d+ requests? waited$/m);
  });

  test("answers a request that was in flight during the save from the old code", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;
    const slow = fetch(`${url}/slow/`);
    await eventually(async () => ((await fetch(`${url}/`)).ok ? true : undefined));

    await folder.write({ "views.ts": viewsSource("second") });
    await server.waitFor(/reloaded in/);

    expect(await (await slow).text()).toBe("slow first");
  });

  test("refuses and cuts no connection that is made while the site is replaced", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "views.ts": viewsSource("second") });
    const answers = new Set<string>();
    // Each on a connection of its own; a refused or cut one would reject, or end without an answer.
    while (!answers.has("second")) {
      await using client = await RawClient.connect(Number(new URL(url).port));
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      answers.add((await client.untilEnd()).split("\r\n\r\n")[1] ?? "nothing");
    }

    expect([...answers]).toEqual(["first", "second"]);
  });

  test("shows code that does not load on every page, and recovers with the next good save", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "views.ts": "this is no code" });
    const broken = await eventually(async () => {
      const response = await fetch(`${url}/any/`);
      const text = await response.text();
      return text.includes("does not load") ? { status: response.status, text } : undefined;
    });
    await folder.write({ "views.ts": viewsSource("mended") });

    expect(broken.status).toBe(500);
    expect(broken.text).toContain("views.ts:1");
    await eventually(async () =>
      (await (await fetch(`${url}/`)).text()) === "mended" ? true : undefined,
    );
  });

  test("starts the project again when it ends itself", async () => {
    using folder = await makeProject({
      "views.ts": `${viewsSource("first")}\nlet calls = 0;\nexport function count() { calls++; process.exit(7); }\n`,
      "urls.ts": `import { path } from "minorswing/urls"; import { home, count } from "./views.ts";
export const urlpatterns = [path("", home), path("exit/", count)];`,
    });
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await fetch(`${url}/exit/`).catch(() => undefined);

    expect(await (await fetch(`${url}/`)).text()).toBe("first");
    await server.waitFor(/The server process ended \(exit code 7\); starting it again/);
  });

  test("leaves no process behind when the supervisor is killed", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder);

    await server.stop("SIGKILL");

    await eventually(async () => {
      const refused = await fetch(`${url}/`).then(
        () => false,
        () => true,
      );
      return refused ? true : undefined;
    });
  });
});

describe("runserver, wrongly set up", () => {
  test.each<[what: string, files: Record<string, string>, message: RegExp]>([
    [
      "settings that throw",
      { "settings.ts": 'throw new Error("no database");' },
      /settings file \S+settings\.ts could not be loaded.*: no database/,
    ],
    [
      "a setting of the wrong type",
      { "settings.ts": settingsSource('DEBUG: "yes"') },
      /settings\.ts could not be loaded.*DEBUG must be true or false; found "yes" \(a string\)/s,
    ],
    [
      "settings without a default export",
      { "settings.ts": "export const DEBUG = true;" },
      /settings\.ts must say `export default defineSettings.*it has no default export/,
    ],
    [
      "a URLconf that is not there",
      { "settings.ts": settingsSource("DEBUG: true").replace("./urls.ts", "./urlz.ts") },
      /The URLconf "\.\/urlz\.ts" could not be loaded: Cannot find module '\S+urlz\.ts'/,
    ],
    [
      "a URLconf that throws",
      { "urls.ts": 'throw new Error("not today");' },
      /The URLconf "\.\/urls\.ts" could not be loaded \(\S+urls\.ts:1\): not today/,
    ],
    [
      "a URLconf without patterns",
      { "urls.ts": "export const patterns = [];" },
      /The URLconf "\.\/urls\.ts" does not appear to have any patterns in it.*It exports: patterns/,
    ],
    [
      "a route that cannot be parsed",
      {
        "urls.ts":
          'import { path } from "minorswing/urls";\nexport const urlpatterns = [path("<itn:pk>/", () => null)];',
      },
      /urls\.ts:2: URL route '<itn:pk>\/' uses invalid converter 'itn'; did you mean 'int'\?/,
    ],
    [
      "no ALLOWED_HOSTS without DEBUG",
      { "settings.ts": settingsSource("DEBUG: false") },
      /You must set ALLOWED_HOSTS in \S+settings\.ts if DEBUG is false/,
    ],
  ])("names file and cause of %s and exits 1 with --noreload", async (_what, files, message) => {
    using folder = await makeProject(files);

    const { exitCode, stderr, stdout } = await devserver(
      ["runserver", "0", "--noreload"],
      folder.path,
    ).finish();

    expect(stderr).toMatch(message);
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
  });

  test("shows no detail to the browser when the settings say DEBUG is false", async () => {
    using folder = await makeProject({
      "settings.ts": settingsSource('DEBUG: false, ALLOWED_HOSTS: ["*"]'),
      "urls.ts": 'throw new Error("the password is 1234");',
    });
    const { server, url } = await runserver(folder);
    await using _stop = server;

    const response = await fetch(`${url}/`);

    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/password|urls\.ts/);
    expect(server.stderr).toContain("the password is 1234");
  });

  test("says where it looked when there is no settings file", async () => {
    using folder = new TemporaryFolder();

    const { exitCode, stderr } = await devserver(["runserver"], folder.path).finish();

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`There is no settings file ${folder.path}/settings.ts.`);
    expect(stderr).toContain("devserver startproject mysite");
  });
});

test("a Node that is too old is told so in one line", async () => {
  using folder = new TemporaryFolder();
  await folder.write({
    "old.cjs": `Object.defineProperty(process.versions, "node", { value: "20.20.2" });
require(${JSON.stringify(new URL("../../../../bin/devserver.cjs", import.meta.url).pathname)});`,
  });

  const { exitCode, stderr } = await run(process.execPath, ["old.cjs"], folder.path);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error: devserver needs Node 24\.20 or newer; this is 20\.20\.2\. .*\n$/);
});
