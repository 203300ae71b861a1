import { describe, expect, test } from "vitest";
import { eventually } from "../../../support/processes.ts";
import { devserver, makeProject, runserver, viewsSource } from "../../../support/projects.ts";

const SPIN = `
export function spin() {
  const end = Date.now() + 1500;
  while (Date.now() < end);
  return new HttpResponse("spun");
}
export function exit() { process.exit(7); }
`;
const URLS = `import { path } from "minorswing/urls";
import { exit, home, spin } from "./views.ts";
export const urlpatterns = [path("", home), path("spin/", spin), path("exit/", exit)];
`;

describe.each([
  { name: "--threads 2", flags: ["--threads", "2"] },
  { name: "--processes 2", flags: ["--processes", "2"] },
])("runserver $name", ({ flags }) => {
  test("answers while a view computes, and 500 where a view ends its worker", async () => {
    using folder = await makeProject({ "urls.ts": URLS, "views.ts": viewsSource("first") + SPIN });
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;
    const order: string[] = [];

    const spun = fetch(`${url}/spin/`).then(() => order.push("spun"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await fetch(`${url}/`).then(() => order.push("home"));
    await spun;
    const ended = await fetch(`${url}/exit/`);
    const after = await fetch(`${url}/`);

    expect(order).toEqual(["home", "spun"]);
    expect(ended.status).toBe(500);
    expect(after.status).toBe(200);
  });

  test("serves new code after a save", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;

    await folder.write({ "views.ts": viewsSource("second") });

    await eventually(async () =>
      (await (await fetch(`${url}/`)).text()) === "second" ? true : undefined,
    );
  });

  test("reports a project that does not load once, and shows the reason on every page", async () => {
    using folder = await makeProject({ "urls.ts": 'throw new Error("not today");' });
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;

    const pages = await Promise.all([fetch(`${url}/`), fetch(`${url}/a/`)]);

    expect(pages.map(({ status }) => status)).toEqual([500, 500]);
    expect(await pages[0].text()).toContain("not today");
    expect(server.stderr.match(/The project does not load/g)).toHaveLength(1);
  });
});

describe("runserver", () => {
  test.each([
    ["--threads", "x", '--threads takes a number from 0 to 256; found "x".'],
    ["--processes", "1000", '--processes takes a number from 0 to 256; found "1000".'],
  ])("refuses %s %s", async (option, value, message) => {
    using folder = await makeProject();

    const { exitCode, stderr } = await devserver(
      ["runserver", option, value],
      folder.path,
    ).finish();

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test("says why a project does not load in threads, and exits 1 with --noreload", async () => {
    using folder = await makeProject({
      "urls.ts": 'throw new Error("not today");',
    });

    const { exitCode, stderr } = await devserver(
      ["runserver", "0", "--noreload", "--threads", "2"],
      folder.path,
    ).finish();

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/The URLconf "\.\/urls\.ts" could not be loaded .*: not today/);
  });
});
