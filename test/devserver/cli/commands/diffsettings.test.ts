import { describe, expect, test } from "vitest";
import {
  compareSettings,
  formatDifferences,
} from "../../../../devserver/cli/project/settings-diff.ts";
import { devserver, makeProject, settingsSource } from "../../../support/projects.ts";

describe("diffsettings", () => {
  const files = {
    "settings.ts": settingsSource('DEBUG: true, SITE: "mine"'),
    "other.ts": settingsSource("DEBUG: true"),
  };

  test("prints what differs from the defaults, own settings marked", async () => {
    using folder = await makeProject(files);

    const { exitCode, stdout } = await devserver(["diffsettings"], folder.path).finish();

    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      "DEBUG = true\nROOT_URLCONF = [Function: ROOT_URLCONF]\nSECRET_KEY = 'for tests'\nSITE = 'mine'  ###\n",
    );
  });

  test("--default compares with other settings, --json prints JSON", async () => {
    using folder = await makeProject(files);
    const args = ["diffsettings", "--default", "other.ts", "--json"];

    const { stdout } = await devserver(args, folder.path).finish();

    const rows: { name: string }[] = JSON.parse(stdout);
    // The functions are two, although they read the same.
    expect(rows.filter(({ name }) => name !== "ROOT_URLCONF")).toEqual([
      { name: "SITE", value: "mine", status: "own" },
    ]);
  });

  test("says in one line why settings do not load", async () => {
    using folder = await makeProject({ "settings.ts": settingsSource("DEBUG: 1") });

    const { exitCode, stderr } = await devserver(["diffsettings"], folder.path).finish();

    expect(exitCode).toBe(1);
    expect(stderr).toContain("DEBUG must be true or false; found 1 (a number).");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

test("with all, settings that are the same stand behind ###", () => {
  const rows = compareSettings({ B: [1], A: 2 }, { A: 2, B: [2] }, true);

  expect(formatDifferences(rows)).toBe("### A = 2\nB = [ 1 ]\n");
});
