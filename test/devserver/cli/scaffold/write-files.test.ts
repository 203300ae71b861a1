import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFiles } from "../../../../devserver/cli/scaffold/write-files.ts";
import { TemporaryFolder } from "../../../support/projects.ts";

test("removes what it has made when a file cannot be written", async () => {
  using folder = new TemporaryFolder();
  await folder.write({ "site/kept.txt": "mine" });
  const tooLong = `${"x".repeat(300)}.ts`;
  const files = new Map([
    ["a/b/one.ts", "1"],
    ["a/two.ts", "2"],
    [`c/${tooLong}`, "3"],
  ]);

  await expect(writeFiles(join(folder.path, "site"), files, "a project")).rejects.toThrow(
    "ENAMETOOLONG",
  );

  expect(readdirSync(join(folder.path, "site"))).toEqual(["kept.txt"]);
});

test("removes the folder that it has made, too", async () => {
  using folder = new TemporaryFolder();
  const files = new Map([
    ["one.ts", "1"],
    [`${"x".repeat(300)}.ts`, "2"],
  ]);

  await expect(writeFiles(join(folder.path, "new"), files, "a project")).rejects.toThrow(
    "ENAMETOOLONG",
  );

  expect(existsSync(join(folder.path, "new"))).toBe(false);
});
