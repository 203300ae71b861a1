import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../support/processes.ts";
import { makeProject, ROOT } from "../../support/projects.ts";

test.each([["--preserve-symlinks-main"], ["--no-warnings"]])(
  "a project that reaches the package by a link has the same modules: node %s",
  async (flag) => {
    using folder = await makeProject();
    // Not below node_modules, where Node strips no types.
    symlinkSync(ROOT, join(folder.path, "package"));
    const entry = join("package", "devserver", "cli", "entry.ts");
    const args = ["--conditions=source", flag, entry, "check"];

    const { exitCode, stderr } = await run(process.execPath, args, folder.path);

    // Settings made by another copy of defineSettings would not be taken for settings.
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  },
);
