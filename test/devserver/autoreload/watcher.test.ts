import { readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FileChange } from "../../../devserver/autoreload/changes.ts";
import { ProjectWatcher } from "../../../devserver/autoreload/watcher.ts";
import { eventually, sleep } from "../../support/processes.ts";
import { TemporaryFolder } from "../../support/projects.ts";

describe("ProjectWatcher", () => {
  test("reports new, changed, renamed and deleted files, and those of other folders", async () => {
    using folder = new TemporaryFolder();
    using elsewhere = new TemporaryFolder();
    await folder.write({ "a.ts": "1", "b.ts": "1", "c.ts": "1" });
    await elsewhere.write({ "shared.ts": "1" });
    const seen = new Set<string>();
    await using watcher = await ProjectWatcher.start(folder.path, (changes) => {
      for (const { event, path } of changes) seen.add(`${event} ${path}`);
    });
    watcher.alsoWatch([join(elsewhere.path, "shared.ts"), join(folder.path, "a.ts")]);

    await folder.write({ "a.ts": "2", "new/d.ts": "1", "node_modules/x/e.ts": "1" });
    await rename(join(folder.path, "b.ts"), join(folder.path, "renamed.ts"));
    await rm(join(folder.path, "c.ts"));
    await eventually(async () => {
      // Whether the other folder is watched already cannot be told from here.
      await elsewhere.write({ "shared.ts": String(Math.random()) });
      return seen.size >= 6 ? true : undefined;
    });

    const expected = [
      "change a.ts",
      "add new/d.ts",
      "unlink b.ts",
      "add renamed.ts",
      "unlink c.ts",
    ];
    for (const line of expected) {
      const [event, name = ""] = line.split(" ");
      expect(seen).toContain(`${event} ${join(folder.path, name)}`);
    }
    expect([...seen].join()).toContain(join(elsewhere.path, "shared.ts"));
    expect([...seen].join()).not.toContain("node_modules");
  });

  test("reports what comes in one breath together", async () => {
    using folder = new TemporaryFolder();
    const reports: (readonly FileChange[])[] = [];
    await using _watcher = await ProjectWatcher.start(folder.path, (changes) => {
      reports.push(changes);
    });

    await Promise.all(
      Array.from({ length: 50 }, (_, index) => folder.write({ [`m${index}.ts`]: "1" })),
    );
    const total = (): number => reports.reduce((sum, { length }) => sum + length, 0);
    await eventually(async () => (total() >= 50 ? true : undefined));

    expect(total()).toBe(50);
    expect(reports.length).toBeLessThan(10);
  });

  test("sees a file that is emptied first when it has its text again", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.ts": "old" });
    const texts: string[] = [];
    await using _watcher = await ProjectWatcher.start(folder.path, (changes) => {
      for (const { path } of changes) texts.push(readFileSync(path, "utf8"));
    });

    await folder.write({ "a.ts": "" });
    await sleep(40);
    await folder.write({ "a.ts": "new" });
    await eventually(async () => texts.at(-1));

    expect(texts).toEqual(["new"]);
  });

  test("reports a file that stays empty", async () => {
    using folder = new TemporaryFolder();
    const reports: (readonly FileChange[])[] = [];
    await using _watcher = await ProjectWatcher.start(folder.path, (changes) => {
      reports.push(changes);
    });

    await folder.write({ "empty.ts": "" });

    const [changes] = await eventually(async () => (reports.length > 0 ? reports : undefined));
    expect(changes).toEqual([{ event: "add", path: join(folder.path, "empty.ts") }]);
  });
});
