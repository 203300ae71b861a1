import { describe, expect, test } from "vitest";
import "../../../devserver/cli/core-commands.ts";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import { callCommand } from "../../../framework/management/call-command.ts";
import { CommandError, UsageError } from "../../../framework/management/command.ts";
import { TemporaryFolder } from "../../support/projects.ts";

const GREET = `export const summary = "greet";
export const options = { loud: { type: "boolean" } };
export const maxPositionals = 1;
export function run({ values, positionals, settings, stdout, stderr, verbosity }) {
  stdout.write(\`\${positionals[0]} \${values.loud} \${settings.WORD} \${verbosity}\`);
  stderr.write("done");
  return 3;
}`;

async function site(): Promise<{ folder: TemporaryFolder; settings: Settings }> {
  const folder = new TemporaryFolder();
  await folder.write({ "polls/management/commands/greet.ts": GREET });
  const settings = defineSettings({
    SECRET_KEY: "for tests",
    WORD: "swing",
    BASE_DIR: folder.path,
    INSTALLED_APPS: ["polls"],
    ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
  });
  return { folder, settings };
}

describe("callCommand", () => {
  test("returns what was written, and the exit code", async () => {
    const { folder, settings } = await site();
    using _folder = folder;

    const result = await callCommand("greet", ["Ann", "--verbosity=0"], { settings });

    expect(result).toEqual({ exitCode: 3, stdout: "Ann undefined swing 0", stderr: "done" });
  });

  test("takes options as values, and passes output on", async () => {
    const { folder, settings } = await site();
    using _folder = folder;
    const written: string[] = [];
    const stdout = { write: (text: string) => written.push(text) };

    await callCommand("greet", ["Ann"], { settings, stdout, values: { loud: true } });

    expect(written).toEqual(["Ann true swing 1"]);
  });

  test("knows the core's commands, and runs them with the given settings", async () => {
    const { folder, settings } = await site();
    using _folder = folder;

    const { stdout } = await callCommand("diffsettings", [], { settings });

    expect(stdout).toContain("WORD = 'swing'  ###\n");
  });

  test("throws what Django throws", async () => {
    const { folder, settings } = await site();
    using _folder = folder;

    await expect(callCommand("gret", [], { settings })).rejects.toThrow(
      new CommandError("Unknown command: 'gret'. Did you mean greet?"),
    );
    await expect(callCommand("greet", ["--quiet"], { settings })).rejects.toThrow(UsageError);
    await expect(callCommand("greet", [], { settings, values: { quiet: true } })).rejects.toThrow(
      new TypeError(
        "Unknown option(s) for greet command: quiet. Valid options are: force-color, help, loud, no-color, settings, skip-checks, traceback, verbosity.",
      ),
    );
  });
});
