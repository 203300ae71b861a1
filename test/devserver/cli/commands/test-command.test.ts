import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { devserver, makeProject, ROOT, type TemporaryFolder } from "../../../support/projects.ts";

async function withVitest(files: Readonly<Record<string, string>>): Promise<TemporaryFolder> {
  const folder = await makeProject(files);
  const vitest = join(ROOT, "node_modules", "vitest");
  await symlink(vitest, join(folder.path, "node_modules", "vitest"));
  return folder;
}

describe("devserver test", () => {
  test("runs vitest once, with the settings in the environment and .env loaded", async () => {
    using folder = await withVitest({
      ".env": "WORD=swing",
      "a.test.ts": `import { expect, test } from "vitest";
test("environment", () => {
  expect(process.env.MINORSWING_SETTINGS).toBe(import.meta.dirname + "/settings.ts");
  expect(process.env.WORD).toBe("swing");
});
test("other", () => expect(1).toBe(2));`,
    });

    const all = await devserver(["test"], folder.path).finish();
    const one = await devserver(["test", "-t", "environment"], folder.path).finish();

    expect(all.exitCode).toBe(1);
    expect(all.stdout + all.stderr).toMatch(/1 failed.*1 passed/);
    expect(one.exitCode).toBe(0);
  });

  test("says how to install vitest where it is not", async () => {
    using folder = await makeProject();
    await mkdir(join(folder.path, "node_modules"), { recursive: true });

    const { exitCode, stderr } = await devserver(["test"], folder.path).finish();

    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "Error: vitest is not installed in this project. To install it: npm install --save-dev vitest\n",
    );
  });
});
