import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdingLock } from "../../../../framework/sessions/backends/lock-file.ts";
import { TemporaryFolder } from "../../../support/projects.ts";

test("a lock is held while the action runs, and given back also when it fails", () => {
  using folder = new TemporaryFolder();
  const path = join(folder.path, "lock");

  expect(holdingLock(path, () => existsSync(path))).toBe(true);
  expect(() =>
    holdingLock(path, () => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(existsSync(path)).toBe(false);
});

test("a lock that somebody left who died is broken", () => {
  using folder = new TemporaryFolder();
  const path = join(folder.path, "lock");
  writeFileSync(path, "");
  const longAgo = Date.now() / 1000 - 60;
  utimesSync(path, longAgo, longAgo);

  expect(holdingLock(path, () => "done")).toBe("done");
});

test("a folder that does not exist is an error, not a wait", () => {
  expect(() => holdingLock("/nowhere/at/all/lock", () => "done")).toThrow("ENOENT");
});
