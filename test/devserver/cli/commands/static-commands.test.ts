import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../../../devserver/cli/main.ts";
import type { Surroundings } from "../../../../framework/management/command.ts";
import { makeProject, settingsSource, type TemporaryFolder } from "../../../support/projects.ts";

interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function devserver(
  args: readonly string[],
  folder: TemporaryFolder,
  more: Partial<Surroundings> = {},
): Promise<Result> {
  const output = { stdout: "", stderr: "" };
  const exitCode = await main(args, {
    cwd: folder.path,
    env: {},
    stdout: { write: (text) => (output.stdout += text) },
    stderr: { write: (text) => (output.stderr += text) },
    ...more,
  });
  return { exitCode, ...output };
}

/** A project with static files of its own and of an app. */
async function staticProject(
  lines = "APPEND_SLASH: true",
  files: Readonly<Record<string, string>> = {},
): Promise<TemporaryFolder> {
  return await makeProject({
    "settings.ts": settingsSource(`
      DEBUG: true,
      BASE_DIR: import.meta.dirname,
      INSTALLED_APPS: ["polls"],
      STATIC_URL: "static/",
      STATIC_ROOT: import.meta.dirname + "/collected",
      STATICFILES_DIRS: [import.meta.dirname + "/static"],
      ${lines}`),
    "static/site.css": "a{}",
    "polls/static/site.css": "b{}",
    "polls/static/polls/c.css": "c{}",
    ...files,
  });
}

describe("collectstatic", () => {
  test("says what it did, in Django's words", async () => {
    using folder = await staticProject();
    const root = join(folder.path, "collected");

    const first = await devserver(["collectstatic"], folder);
    const second = await devserver(["collectstatic", "--noinput", "--ignore", "site.*"], folder);

    expect(first).toEqual({
      exitCode: 0,
      stdout: `\n2 static files copied to '${root}', 1 skipped due to conflict.\n`,
      stderr: "",
    });
    expect(second.stdout).toBe(`\n0 static files copied to '${root}', 1 unmodified.\n`);
  });

  test("adds hashes where the settings want them", async () => {
    using folder = await staticProject('STATICFILES_STORAGE: "manifest"');

    const { stdout } = await devserver(["collectstatic", "-i", "site.*"], folder);

    expect(stdout).toMatch(/^\n1 static file copied to '.+', 1 post-processed\.\n$/);
    expect(existsSync(join(folder.path, "collected/staticfiles.json"))).toBe(true);
  });

  test("asks before it overwrites or deletes, and does nothing but for a yes", async () => {
    using folder = await staticProject(undefined, { "collected/old.css": "" });
    const questions: string[] = [];
    const ask = (answer: string) => (question: string) => {
      questions.push(question);
      return Promise.resolve(answer);
    };

    const no = await devserver(["collectstatic", "--clear"], folder, { ask: ask("y") });
    const kept = existsSync(join(folder.path, "collected/old.css"));
    const yes = await devserver(["collectstatic", "-c"], folder, { ask: ask("yes") });

    expect(no).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "Error: Collecting static files cancelled.\n",
    });
    expect(kept).toBe(true);
    expect(yes.exitCode).toBe(0);
    expect(existsSync(join(folder.path, "collected/old.css"))).toBe(false);
    expect(questions[0]).toBe(
      "\nYou have requested to collect static files at the destination\nlocation as specified in your settings:\n\n" +
        `    ${folder.path}/collected\n\nThis will DELETE ALL FILES in this location!\n` +
        "Are you sure you want to do this?\n\nType 'yes' to continue, or 'no' to cancel: ",
    );
  });

  test("needs --noinput where nobody can be asked", async () => {
    using folder = await staticProject(undefined, { "collected/old.css": "" });

    const { exitCode, stderr } = await devserver(["collectstatic"], folder);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("is not empty, and there is no terminal to ask at: --noinput");
  });

  test("tells each step when it is to say more, and nothing when it is to be quiet", async () => {
    using folder = await staticProject();

    const dry = await devserver(["collectstatic", "-n", "-l"], folder);
    const quiet = await devserver(["collectstatic", "-v", "0"], folder);
    const loud = await devserver(["collectstatic", "--no-input", "--verbosity", "2"], folder);

    expect(dry.stdout).toContain(`Pretending to link '${folder.path}/static/site.css'\n`);
    expect(dry.stdout).toContain("2 static files symlinked to");
    expect(quiet.stdout).toBe("");
    expect(loud.stdout).toContain("Skipping 'site.css' (not modified)\n");
    expect(loud.stdout).toContain("Found another file with the destination path 'site.css'");
  });

  test.each<[lines: string, files: Record<string, string>, message: string]>([
    ["STATIC_ROOT: null", {}, "STATIC_ROOT is not set"],
    ["STATIC_ROOT: import.meta.dirname", {}, "has the project in it"],
    [
      'STATICFILES_STORAGE: "manifest"',
      { "static/x.css": "url(none.png)" },
      "The CSS file 'x.css' references a file which could not be found (line 1):\n  none.png\n",
    ],
    ["STATIC_ROOT: import.meta.dirname + '/urls.ts'", {}, "urls.ts"],
  ])("with %s says what is wrong, without a stack", async (lines, files, message) => {
    using folder = await staticProject(lines, files);

    const { exitCode, stderr } = await devserver(["collectstatic"], folder);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });

  test("refuses a verbosity that is none", async () => {
    using folder = await staticProject();

    const { stderr } = await devserver(["collectstatic", "-v", "loud"], folder);

    expect(stderr).toBe('Error: --verbosity takes 0, 1, 2 or 3; found "loud".\n');
  });
});

describe("findstatic", () => {
  test("prints every place, the one that counts first", async () => {
    using folder = await staticProject();

    const { exitCode, stdout } = await devserver(["findstatic", "site.css", "polls/c.css"], folder);

    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `Found 'site.css' here:\n  ${folder.path}/static/site.css\n  ${folder.path}/polls/static/site.css\n` +
        `Found 'polls/c.css' here:\n  ${folder.path}/polls/static/polls/c.css\n`,
    );
  });

  test("prints only that one, only paths, or the folders too", async () => {
    using folder = await staticProject();

    const first = await devserver(["findstatic", "site.css", "--first", "-v0"], folder);
    const loud = await devserver(["findstatic", "site.css", "--first", "-v", "2"], folder);

    expect(first.stdout).toBe(`${folder.path}/static/site.css\n`);
    expect(loud.stdout).toBe(
      `Found 'site.css' here:\n  ${folder.path}/static/site.css\n` +
        `Looking in the following locations:\n  ${folder.path}/static\n  ${folder.path}/polls/static\n`,
    );
  });

  test("--json prints the places of every file, also of one that has none", async () => {
    using folder = await staticProject();

    const result = await devserver(["findstatic", "site.css", "none.css", "--json"], folder);

    expect(result).toMatchObject({ exitCode: 1, stderr: "" });
    expect(JSON.parse(result.stdout)).toEqual({
      "site.css": [`${folder.path}/static/site.css`, `${folder.path}/polls/static/site.css`],
      "none.css": [],
    });
  });

  test.each(["none.css", "../settings.ts", "polls"])("does not find %s", async (path) => {
    using folder = await staticProject();

    const result = await devserver(["findstatic", path], folder);

    expect(result).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `No matching file found for '${path}'.\n`,
    });
  });

  test("needs a file", async () => {
    using folder = await staticProject();

    expect((await devserver(["findstatic"], folder)).stderr).toContain("Enter at least one file.");
  });
});
