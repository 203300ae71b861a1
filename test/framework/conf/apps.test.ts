import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { installedApps } from "../../../framework/conf/apps.ts";
import { TemporaryFolder } from "../../support/projects.ts";

describe("installedApps", () => {
  test("are folders in BASE_DIR or absolute paths, in their order", () => {
    using folder = new TemporaryFolder();
    mkdirSync(join(folder.path, "polls"));
    mkdirSync(join(folder.path, "lib/blog"), { recursive: true });

    const apps = installedApps({
      BASE_DIR: folder.path,
      INSTALLED_APPS: ["polls", join(folder.path, "lib/blog")],
    });

    expect(apps).toEqual([
      { label: "polls", path: join(folder.path, "polls") },
      { label: "blog", path: join(folder.path, "lib/blog") },
    ]);
  });

  test("that do not exist are named", () => {
    using folder = new TemporaryFolder();

    expect(() => installedApps({ BASE_DIR: folder.path, INSTALLED_APPS: ["pols"] })).toThrow(
      `INSTALLED_APPS names "pols", but there is no folder ${join(folder.path, "pols")}.`,
    );
  });

  test("have names of their own", () => {
    using folder = new TemporaryFolder();
    mkdirSync(join(folder.path, "a/polls"), { recursive: true });
    mkdirSync(join(folder.path, "b/polls"), { recursive: true });

    expect(() =>
      installedApps({ BASE_DIR: folder.path, INSTALLED_APPS: ["a/polls", "b/polls"] }),
    ).toThrow("App names are not unique, duplicates: polls");
  });
});
