import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { command } from "../../support/commands.ts";
import { devserver, makeProject, ROOT, TemporaryFolder } from "../../support/projects.ts";

describe("help", () => {
  test("lists every command with its summary", async () => {
    using folder = new TemporaryFolder();

    const { exitCode, stdout } = await command([], folder.path);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\[minorswing\]\n {2}check +look for mistakes/);
    expect(stdout).toMatch(/runserver +serve the project/);
    expect(stdout).toMatch(/startproject +write a new project/);
    expect(stdout).not.toContain("Note that");
  });

  test("--commands lists the names alone", async () => {
    using folder = new TemporaryFolder();

    const { stdout } = await command(["help", "--commands"], folder.path);

    expect(stdout.split("\n").slice(0, 3)).toEqual(["check", "clearsessions", "collectstatic"]);
  });

  test.each([
    ["help", "runserver"],
    ["runserver", "--help"],
    ["runserver", "8000", "-h"],
  ])("explains a command: %s %s", async (...args) => {
    const { stdout, exitCode } = await command(args, ".");

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: devserver runserver \[addrport\]/);
    expect(stdout).toMatch(/ --noreload +no restart/);
    expect(stdout).toMatch(/-v, --verbosity +0 says/);
  });

  test.each(["help", "--help"])(
    "%s lists the core's commands when the settings are broken, and says so in red",
    async (word) => {
      using folder = new TemporaryFolder();
      await folder.write({ "settings.ts": 'throw new Error("not today");' });

      const { exitCode, stdout } = await command([word], folder.path, { isTTY: true });

      expect(exitCode).toBe(0);
      expect(stdout).toContain("runserver");
      expect(stdout).toMatch(/\u001B\[31mNote that .*not today/);
    },
  );

  test("knows no more than one command at a time", async () => {
    expect(await command(["help", "check", "routes"], ".")).toMatchObject({ exitCode: 2 });
    expect((await command(["help", "chek"], ".")).stderr).toContain("Did you mean check?");
  });
});

describe("exit codes and messages", () => {
  test.each([
    [["rnserver"], "Unknown command: 'rnserver'. Did you mean runserver?"],
    [["check", "--deplo"], "Unknown option '--deplo'. Did you mean --deploy?"],
    [["check", "--tag"], "Option '--tag <value>' argument missing."],
    [["runserver", "--processes", "-1"], "Option '--processes' argument is ambiguous."],
    [["version", "now"], "Unexpected argument: 'now'."],
    [["check", "-v", "4"], '--verbosity takes 0, 1, 2 or 3; found "4".'],
    [["check", "--no-color", "--force-color"], "can't be used together."],
    [["runserver", "foo:bar"], '"foo:bar" is not a valid port number'],
  ])("a wrong command line is one line and 2: %j", async (args, message) => {
    using folder = await makeProject();

    const { exitCode, stdout, stderr } = await command(args, folder.path);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
  });

  test("what a command cannot do is 1", async () => {
    using folder = new TemporaryFolder();

    const result = await command(["check"], folder.path);

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^Error: There is no settings file/);
  });

  test("--traceback shows where an error comes from", async () => {
    using folder = new TemporaryFolder();

    const { stderr } = await command(["check", "--traceback"], folder.path);

    expect(stderr).toMatch(
      /CommandError: There is no settings file[^\n]+\n +at .*find-settings\.ts/,
    );
  });

  test("an unknown command is explained by settings that do not load", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "settings.ts": 'throw new Error("not today");' });

    const { stderr } = await command(["closepoll"], folder.path);

    expect(stderr).toMatch(/Unknown command: 'closepoll'.*the settings do not load: .*not today/);
  });
});

describe("colours", () => {
  const red = "\u001B[31m";

  test.each([
    ["a terminal", [], {}, true, true],
    ["no terminal", [], {}, false, false],
    ["NO_COLOR", [], { NO_COLOR: "1" }, true, false],
    ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, false, true],
    ["a dumb terminal", [], { TERM: "dumb" }, true, false],
    ["--no-color", ["--no-color"], { FORCE_COLOR: "1" }, true, false],
    ["--force-color", ["--force-color"], { NO_COLOR: "1" }, false, true],
  ] as const)("%s", async (_what, args, env, isTTY, coloured) => {
    const { stderr } = await command(["nope", ...args], ".", { env, isTTY });

    expect(stderr.includes(red)).toBe(coloured);
  });
});

describe("version", () => {
  test("prints what package.json says, alone or as JSON", async () => {
    const { version }: { version: string } = JSON.parse(
      await readFile(join(ROOT, "package.json"), "utf8"),
    );

    const plain = await command(["--version"], ".");
    const json = await command(["version", "--json"], ".");

    expect(plain.stdout).toBe(`${version}\n`);
    expect(JSON.parse(json.stdout)).toMatchObject({
      minorswing: version,
      node: process.versions.node,
    });
  });
});

describe(".env", () => {
  const settings = `import { defineSettings } from "minorswing/conf";
export default defineSettings({
  DEBUG: true,
  SECRET_KEY: process.env.SITE_KEY ?? "none",
  ROOT_URLCONF: () => import("./urls.ts"),
});
`;

  test("is read before the settings", async () => {
    using folder = await makeProject({ "settings.ts": settings, ".env": "SITE_KEY='from .env'\n" });

    const { stdout } = await devserver(["diffsettings"], folder.path).finish();

    expect(stdout).toContain("SECRET_KEY = 'from .env'\n");
  });

  test("is read by the process that serves", async () => {
    using folder = await makeProject({
      ".env": "WORD=swing\n",
      "views.ts": `import { HttpResponse } from "minorswing/http";
const home = () => new HttpResponse(String(process.env.WORD));
export { home, home as boom, home as nothing, home as badHeader, home as slow };
`,
    });
    await using server = devserver(["runserver", "0"], folder.path);
    const [, url = ""] = await server.waitFor(/Development server at (http:\S+)\/\n/);

    const response = await fetch(url);

    expect(await response.text()).toBe("swing");
  });

  test("is an error, in one line, when it cannot be read", async () => {
    using folder = await makeProject({ ".env/x": "" });

    const { exitCode, stderr } = await command(["check"], folder.path);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(folder.path, ".env")} could not be read`);
  });
});
