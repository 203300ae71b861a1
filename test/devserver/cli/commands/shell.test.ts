import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { historyFile } from "../../../../devserver/cli/shell/history-file.ts";
import { startRepl } from "../../../../devserver/cli/shell/start-repl.ts";
import { createStyle } from "../../../../framework/management/style.ts";
import { cleanEnv, endsWithTests } from "../../../support/processes.ts";
import { devserver, makeProject, ROOT, TemporaryFolder } from "../../../support/projects.ts";

describe("shell --command", () => {
  test("has settings and URLs at hand; types and await are fine", async () => {
    using folder = await makeProject();
    const code = `const name: string = "home";
const views = await import("./views.ts");
const { status, text } = await client.get("/");
console.log(settings.DEBUG, reverse(name), resolve("/").viewName, views.home.name, status, text);`;

    expect(await devserver(["shell", "-c", code], folder.path).finish()).toEqual({
      exitCode: 0,
      stdout: "true / home home 200 first\n",
      stderr: "",
    });
  });

  test("says where code fails, and exits 1", async () => {
    using folder = await makeProject();

    const failed = await devserver(
      ["shell", "-c", '\nthrow new Error("oh")'],
      folder.path,
    ).finish();
    const wrong = await devserver(["shell", "-c", 'import x from "y"'], folder.path).finish();

    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/Error: oh\n +at \S+<shell>:2:7/);
    expect(wrong.stderr).toContain('Here it is: const { name } = await import("…")');
  });

  test("ends although the project keeps a timer", async () => {
    using folder = await makeProject({
      "views.ts": "setInterval(() => {}, 1000);",
      "urls.ts": 'import "./views.ts"; export const urlpatterns = [];',
    });

    const { exitCode } = await devserver(["shell", "-c", "1"], folder.path).finish();

    expect(exitCode).toBe(0);
  });
});

test("shell runs what is piped in", async () => {
  using folder = await makeProject();
  const args = ["--conditions=source", join(ROOT, "devserver", "cli", "entry.ts"), "shell"];
  const child = endsWithTests(spawn(process.execPath, args, { cwd: folder.path, env: cleanEnv() }));

  child.stdin.end('const a = 1;\n\nif (a) {\n\n  console.log("one", reverse("home"));\n}\n');

  expect(await text(child.stdout)).toBe("one /\n");
});

describe("the shell that is typed into", () => {
  async function type(lines: string, env: Record<string, string>): Promise<string> {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const stdout = new PassThrough();
    const over = startRepl(
      { reverse: (name: string) => `/${name}/` },
      {
        values: {},
        positionals: [],
        cwd: ".",
        env,
        openStdin: () => stdin,
        stdout,
        stderr: stdout,
        verbosity: 1,
        style: createStyle(false),
      },
    );
    stdin.end(lines);
    await over;
    stdout.end();
    return await text(stdout);
  }

  test("says what is at hand, takes types, keeps names after .clear", async () => {
    using folder = new TemporaryFolder();

    const output = await type(
      'const n: string = "home"\nreverse(n)\nawait Promise.resolve(6 * 7)\n.clear\nreverse("b")\n',
      { XDG_STATE_HOME: folder.path },
    );

    expect(output).toContain("At hand: reverse.");
    expect(output).toContain("'/home/'");
    expect(output).toContain("42");
    expect(output).toContain("'/b/'");
  });
});

describe("historyFile", () => {
  test("is in the user's state folder, which is made", () => {
    using folder = new TemporaryFolder();

    const file = historyFile({ XDG_STATE_HOME: join(folder.path, "state") });

    expect(file).toBe(join(folder.path, "state", "minorswing", "shell-history"));
    expect(existsSync(join(folder.path, "state", "minorswing"))).toBe(true);
  });

  test("is none where no folder can be made", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ file: "" });

    expect(historyFile({ XDG_STATE_HOME: join(folder.path, "file") })).toBeUndefined();
    expect(readFileSync(join(folder.path, "file"), "utf8")).toBe("");
  });
});
