import { describe, expect, test } from "vitest";
import type { Finished } from "../../../support/processes.ts";
import { devserver, makeProject, settingsSource } from "../../../support/projects.ts";

const GREET = `import type { ProjectCommandContext } from "minorswing/management";
import { reverse } from "minorswing/urls";
export const summary = "greet somebody";
export const usage = "greet [name] [--loud]";
export const options = { loud: { type: "boolean", short: "l" } } as const;
export const help = { loud: "in capitals" };
export const maxPositionals = 1;
export async function run({ values, positionals, settings, stdout, style, verbosity }: ProjectCommandContext<typeof options>) {
  const [name = "you"] = positionals;
  stdout.write(style.success(values.loud ? name.toUpperCase() : name));
  stdout.write(\` \${settings.DEBUG} \${verbosity} \${reverse("home")}\\n\`);
}
`;
const says = (word: string): string =>
  `export const summary = "say ${word}"; export function run({ stdout }) { stdout.write("${word}"); return 7; }`;
const APPS = settingsSource(
  'DEBUG: true, BASE_DIR: import.meta.dirname, INSTALLED_APPS: ["polls", "blog"]',
);

async function run(files: Readonly<Record<string, string>>, ...args: string[]): Promise<Finished> {
  using folder = await makeProject(files);
  return await devserver(args, folder.path).finish();
}

describe("a command of the project", () => {
  const files = { "management/commands/greet.ts": GREET };

  test("gets its options, arguments and settings, and can reverse names", async () => {
    expect(await run(files, "greet", "Ann", "-l", "-v", "2")).toEqual({
      exitCode: 0,
      stdout: "ANN true 2 /\n",
      stderr: "",
    });
  });

  test("is listed and explained", async () => {
    using folder = await makeProject(files);

    const list = await devserver(["help"], folder.path).finish();
    const help = await devserver(["greet", "--help"], folder.path).finish();

    expect(list.stdout).toMatch(/\[project\]\n {2}greet +greet somebody\n/);
    expect(help.stdout).toMatch(
      /^Usage: devserver greet \[name\] \[--loud\]\n\nGreet somebody\.\n/,
    );
    expect(help.stdout).toMatch(/-l, --loud +in capitals/);
  });

  test("is suggested", async () => {
    const { exitCode, stderr } = await run(files, "gret");

    expect(exitCode).toBe(2);
    expect(stderr).toContain("Did you mean greet?");
  });

  test("runs after the system checks, unless they are skipped", async () => {
    const broken = {
      ...files,
      "urls.ts": `import { path } from "minorswing/urls"; import { home } from "./views.ts";
export const urlpatterns = [path("/odd", home, { name: "home" })];`,
    };

    const checked = await run(broken, "greet");
    const skipped = await run(
      { ...broken, "management/commands/greet.ts": says("hello") },
      "greet",
      "--skip-checks",
    );

    expect(checked.stderr).toContain("(urls.W002)");
    expect(skipped).toEqual({ exitCode: 7, stdout: "hello", stderr: "" });
  });

  test("that needs no checks runs while the URLs do not load", async () => {
    const source = `export const requiresSystemChecks = false;\n${says("hello")}`;

    const result = await run(
      { "management/commands/hi.ts": source, "urls.ts": 'throw new Error("not today");' },
      "hi",
    );

    expect(result).toMatchObject({ exitCode: 7, stdout: "hello" });
  });

  test("that throws says where, and exits 1", async () => {
    const source =
      'export const summary = "x";\nexport function run() { throw new Error("oh no"); }';

    const { exitCode, stderr } = await run({ "management/commands/hi.ts": source }, "hi");

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: oh no\n +at \S*run \(\S+hi\.ts:2/);
  });

  test.each([
    ["", /hi\.ts is no command: it exports no summary \(.*\); it exports no run \(a function\)\./],
    ["export default {};", /the default export means nothing here/],
    ['export const summary = ""; export const run = 1;', /its summary must be .*; its run must be/],
    [`${says("x")} export const options = { a: "boolean" };`, /its options must be an object/],
    [`${says("x")} export const maxPositionals = -1;`, /its maxPositionals must be a number/],
    ['throw new Error("not today");', /The command hi does not load[\s\S]*not today/],
    ["export const summary = ;", /The command hi does not load[\s\S]*SyntaxError/],
    ['export const summary = "x"; export const run = () => "y";', /must return an exit code/],
  ])("that is none says what is missing: %s", async (source, message) => {
    const { exitCode, stderr } = await run({ "management/commands/hi.ts": source }, "hi");

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
  });

  test("that does not load keeps nobody from the list of commands", async () => {
    const { exitCode, stdout } = await run({ "management/commands/hi.ts": "oops(" }, "help");

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/hi +does not load; .devserver help hi. says why/);
  });
});

describe("commands of apps", () => {
  const files = {
    "settings.ts": APPS,
    "polls/management/commands/vote.ts": says("polls"),
    "polls/management/commands/check.ts": says("polls checks"),
    "polls/management/commands/_private.ts": "",
    "polls/management/commands/vote.test.ts": "",
    "polls/management/commands/version.ts": says("polls version"),
    "blog/management/commands/vote.ts": says("blog"),
    "blog/management/commands/post.ts": says("post"),
  };

  test("earlier apps win over later ones, and all over the core", async () => {
    using folder = await makeProject(files);

    expect((await devserver(["vote"], folder.path).finish()).stdout).toBe("polls");
    expect((await devserver(["post"], folder.path).finish()).stdout).toBe("post");
    expect((await devserver(["check"], folder.path).finish()).stdout).toBe("polls checks");
  });

  test("do not replace what runs without settings; the project's own folder does", async () => {
    using folder = await makeProject({ ...files, "management/commands/vote.ts": says("own") });
    await folder.write({ "management/commands/http.ts": says("own http") });

    expect((await devserver(["version"], folder.path).finish()).stdout).toMatch(/^\d/);
    expect((await devserver(["vote"], folder.path).finish()).stdout).toBe("own");
    expect((await devserver(["http"], folder.path).finish()).stdout).toBe("own http");
  });

  test("are listed under the name of their app", async () => {
    const { stdout } = await run(files, "help");

    expect(stdout).toMatch(
      /\[blog\]\n {2}post +say post\n\n\[polls\]\n {2}check +say polls checks\n/,
    );
    expect(stdout).not.toContain("private");
  });
});
