import { describe, expect, test } from "vitest";
import { coreCommands } from "../../../framework/management/core-commands.ts";
import "../../../devserver/cli/core-commands.ts";
import { command } from "../../support/commands.ts";

describe("of every command", () => {
  test.each([...coreCommands])(
    "--help explains %s: usage, summary, every option",
    async (name, core) => {
      const { options, summary, usage } = await core.load();

      const { exitCode, stdout, stderr } = await command([name, "--help"], "/");

      expect(exitCode).toBe(0);
      expect(stderr).toBe("");
      expect(stdout).toContain(`Usage: devserver ${usage}\n`);
      expect(stdout.toLowerCase()).toContain(`${summary.toLowerCase()}.\n`);
      for (const option of Object.keys(options))
        expect(stdout).toMatch(new RegExp(`^ .*--${option} +\\S`, "m"));
    },
  );

  // All but --settings goes to vitest.
  const checking = [...coreCommands.keys()].filter((name) => name !== "test");

  test.each(checking)("%s suggests what a mistyped option may mean", async (name) => {
    const { exitCode, stderr } = await command([name, "--verbosty", "2"], "/");

    expect(exitCode).toBe(2);
    expect(stderr).toContain("Unknown option '--verbosty'. Did you mean --verbosity?");
  });
});
