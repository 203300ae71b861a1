import { readdirSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { command } from "../../../support/commands.ts";
import { TemporaryFolder } from "../../../support/projects.ts";

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

describe("startapp", () => {
  test("writes an app, and says which lines make it a part of the site", async () => {
    using folder = new TemporaryFolder();

    const { exitCode, stdout } = await command(["startapp", "my-polls"], folder.path);

    expect(exitCode).toBe(0);
    expect(filesOf(join(folder.path, "my-polls"))).toEqual([
      "management/commands/.gitkeep",
      "static/my-polls/.gitkeep",
      "templates/my-polls/index.html",
      "urls.ts",
      "views.test.ts",
      "views.ts",
    ]);
    expect(stdout).toContain('INSTALLED_APPS: ["my-polls"]');
    expect(stdout).toContain('import { myPollsPatterns } from "./my-polls/urls.ts";');
    expect(stdout).toContain(
      'path("my-polls/", include(myPollsPatterns, { namespace: "my-polls" })),',
    );
  });

  test("writes into an existing folder when it is named", async () => {
    using folder = new TemporaryFolder();
    await mkdir(join(folder.path, "apps", "polls"), { recursive: true });

    const { exitCode, stdout } = await command(["startapp", "polls", "apps/polls"], folder.path);

    const tests = await readFile(join(folder.path, "apps", "polls", "views.test.ts"), "utf8");
    expect(exitCode).toBe(0);
    expect(stdout).toContain('INSTALLED_APPS: ["apps/polls"]');
    expect(tests).toContain('import settings from "../../settings.ts";');
    expect(tests).not.toMatch(/\[\[\w+\]\]/);
  });

  test.each([
    [["startapp"], "You must provide an application name."],
    [["startapp", "7up"], "'7up' is not a valid app name."],
    [["startapp", "x".repeat(215)], "is not a valid app name."],
    [["startapp", "events"], "'events' conflicts with the name of an existing module"],
    [["startapp", "templates"], "'templates' conflicts with the name of an existing module"],
    [["startapp", "polls", "Upper"], "'Upper' is not a valid app name."],
  ])("refuses %j and writes nothing", async (args, message) => {
    using folder = new TemporaryFolder();
    await mkdir(join(folder.path, "Upper"));

    const { exitCode, stderr } = await command(args, folder.path);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(filesOf(folder.path)).toEqual([]);
  });
});
