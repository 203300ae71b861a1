import { globSync, readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, run, Running, runOrFail } from "./support/processes.ts";
import { ROOT, TemporaryFolder } from "./support/projects.ts";

/** The path of a new user: the packed tarball, an empty folder, and what the printed and generated texts say. */
describe("the packed package, in an empty folder", () => {
  const folder = new TemporaryFolder();
  const site = join(folder.path, "mysite");
  let packed: string[] = [];

  beforeAll(async () => {
    const { stdout } = await runOrFail(
      "npm",
      ["pack", "--json", "--pack-destination", folder.path],
      ROOT,
    );
    // Newer npms print an object by package name, older ones an array.
    const report: unknown = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
    const [pack] = Object.values(report as Record<string, { files: { path: string }[] }>);
    packed = (pack?.files ?? []).map((file) => file.path);
    const tarball = readdirSync(folder.path).find((name) => name.endsWith(".tgz"));
    await writeFile(join(folder.path, "package.json"), '{ "private": true }');
    await runOrFail("npm", ["install", `./${tarball}`], folder.path);
    await runOrFail("npx", ["devserver", "startproject", "mysite"], folder.path);
    await runOrFail("npm", ["install"], site);
  }, 180_000);

  afterAll(() => folder[Symbol.dispose]());

  test("holds what users need and nothing else", () => {
    const folders = new Set(packed.map((path) => path.split("/")[0]));

    expect(folders).toEqual(
      new Set(["CHANGELOG.md", "LICENSE", "README.md", "bin", "dist", "package.json"]),
    );
  });

  test("has no TypeScript source, which Node refuses below node_modules", () => {
    const sources = globSync("node_modules/minorswing/**/*.ts", { cwd: folder.path }).filter(
      (path) => !path.endsWith(".d.ts"),
    );

    expect(sources).toEqual([]);
  });

  test("exports only what is there", async () => {
    const manifest: { exports: Record<string, { default?: string; types?: string }> } = JSON.parse(
      await readFile(join(ROOT, "package.json"), "utf8"),
    );
    const targets = Object.values(manifest.exports).flatMap(({ default: code, types }) => [
      code,
      types,
    ]);

    const missing = targets.filter(
      (target) => target !== undefined && !packed.includes(target.slice("./".length)),
    );

    expect(missing).toEqual([]);
  });

  test("makes a project whose types are right, and which knows its URLs' names", async () => {
    await runOrFail("npx", ["tsc", "--noEmit"], site);
    await writeFile(
      join(site, "wrong.ts"),
      'import { reverse } from "minorswing/urls";\nreverse("no-such-name");\n',
    );

    const { exitCode, stdout } = await run("npx", ["tsc", "--noEmit"], site);
    await writeFile(join(site, "wrong.ts"), "export {};\n");

    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("wrong.ts(2,");
  });

  test("makes a project whose scripts pass", async () => {
    await runOrFail("npm", ["run", "types"], site);
    await runOrFail("npm", ["run", "check"], site);

    expect((await runOrFail("npm", ["test"], site)).stdout).toMatch(/Tests .*passed/);
  });

  test("serves a welcome page, then the view, URL, template and middleware that the comments suggest", async () => {
    await using server = new Running("npx", ["devserver", "runserver", "0"], site);
    const [, url = ""] = await server.waitFor(/Development server at (http:\S+)\/\n/);

    const welcome = await fetch(`${url}/`);
    await followTheComments(site);
    const hello = await eventually(async () => {
      const response = await fetch(`${url}/hello/Django%20%3CR%3E/`);
      const text = await response.text();
      return text.includes("<h1>Hello") ? { headers: response.headers, text } : undefined;
    });

    expect(welcome.status).toBe(200);
    expect(await welcome.text()).toContain("It swings.");
    expect(hello.text).toContain("<title>Hello</title>");
    expect(hello.text).toContain("<h1>Hello, Django &lt;R&gt;!</h1>");
    expect(hello.headers.get("Server-Timing")).toMatch(/^app;dur=\d/);
    expect(hello.headers.get("X-Frame-Options")).toBe("DENY");
    await runOrFail("npx", ["tsc", "--noEmit"], site);
    await runOrFail("npm", ["test"], site);
  });

  test("makes an app that is a part of the site once its lines are added", async () => {
    const { stdout } = await runOrFail("npx", ["devserver", "startapp", "polls"], site);
    await addLines(site, stdout);

    const routes = await runOrFail("npx", ["devserver", "routes", "--match", "/polls/"], site);

    expect(routes.stdout).toContain("polls:index");
    await runOrFail("npm", ["run", "types"], site);
    await runOrFail("npm", ["test"], site);
  });

  test("runs a command of the project", async () => {
    await mkdir(join(site, "management", "commands"), { recursive: true });
    await writeFile(
      join(site, "management", "commands", "greet.ts"),
      'export const summary = "greet";\nexport function run({ stdout }: { stdout: { write(text: string): unknown } }): void { stdout.write("hello"); }\n',
    );

    expect((await runOrFail("npx", ["devserver", "greet"], site)).stdout).toBe("hello");
    expect(
      (await runOrFail("npx", ["devserver", "shell", "-c", "console.log(1 as number)"], site))
        .stdout,
    ).toBe("1\n");
  });

  test("leaves no server behind when the npx that started it is told to end", async () => {
    await using server = new Running("npx", ["devserver", "runserver", "0"], site);
    const [, url = ""] = await server.waitFor(/Development server at (http:\S+)\/\n/);

    server.child.kill("SIGTERM");

    await eventually(async () => {
      const refused = await fetch(url).then(
        () => false,
        () => true,
      );
      return refused ? true : undefined;
    });
  });
});

/** Does what the generated files say: removes the slashes, writes the template. */
async function followTheComments(site: string): Promise<void> {
  const edit = async (name: string, change: (text: string) => string): Promise<void> => {
    const path = join(site, name);
    await writeFile(path, change(await readFile(path, "utf8")));
  };
  const uncomment = (text: string): string => text.replaceAll(/^( *)\/\/ /gm, "$1");
  const views = await readFile(join(site, "views.ts"), "utf8");
  const template = [...views.matchAll(/^ \* {5}(.*)$/gm)].map(([, line]) => line).join("\n");
  await mkdir(join(site, "templates"), { recursive: true });
  await writeFile(join(site, "templates", "hello.html"), template);
  await edit("views.ts", uncomment);
  await edit("middleware.ts", uncomment);
  await edit("urls.ts", uncomment);
  await edit("settings.ts", (text) => text.replaceAll(/^( *)\/\/ (?=.*serverTiming)/gm, "$1"));
}

/** Does what `startapp` has printed. */
async function addLines(site: string, printed: string): Promise<void> {
  const [, apps = ""] = /^ {2}(INSTALLED_APPS: .*),$/m.exec(printed) ?? [];
  const imports = [...printed.matchAll(/^ {2}(import .*)$/gm)].map(([, line]) => line).join("\n");
  const [, pattern = ""] = /^ {2}(path\(.*,)$/m.exec(printed) ?? [];
  const settings = await readFile(join(site, "settings.ts"), "utf8");
  const urls = await readFile(join(site, "urls.ts"), "utf8");
  await writeFile(join(site, "settings.ts"), settings.replace("INSTALLED_APPS: []", apps));
  const withoutPath = urls.replace('import { path } from "minorswing/urls";\n', "");
  await writeFile(
    join(site, "urls.ts"),
    `${imports}\n${withoutPath}`.replace("export const urlpatterns = [", `$&\n  ${pattern}`),
  );
}
