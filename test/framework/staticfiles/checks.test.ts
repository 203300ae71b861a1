import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runChecks } from "../../../framework/checks/registry.ts";
import { staticFilesChecks } from "../../../framework/staticfiles/checks.ts";
import { staticFolder, staticSettings } from "../../support/static-site.ts";

describe("system checks of static files", () => {
  test("have nothing to say of folders that are there", async () => {
    using folder = await staticFolder();

    expect(await runChecks({ settings: staticSettings(folder) }, staticFilesChecks)).toEqual([]);
  });

  test("name STATIC_ROOT among the sources, and a source that is not there", async () => {
    using folder = await staticFolder();
    const settings = staticSettings(folder, {
      STATIC_ROOT: join(folder.path, "static"),
      STATICFILES_DIRS: [join(folder.path, "static"), ["x", join(folder.path, "gone")]],
    });

    const messages = await runChecks({ settings }, staticFilesChecks);

    expect(messages.map(String)).toEqual([
      "?: (staticfiles.E002) The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting.\n\tHINT: STATIC_ROOT is what collectstatic fills.",
      `?: (staticfiles.W004) The directory '${folder.path}/gone' in the STATICFILES_DIRS setting does not exist.\n\tHINT: Make it, or take it out of the setting.`,
    ]);
  });
});
