/**
 * System checks of static files and their settings.
 *
 * Layer 4 (staticfiles). Ids and texts are Django's. What Django reports as E001 and E003 to E005 cannot come this far:
 * `defineSettings` refuses it. Source: Django contrib/staticfiles/checks.py, finders.py (`check` methods).
 */
import { resolve } from "node:path";
import { type CheckMessage, ErrorMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { StaticFilesSettings } from "../conf/sections/static-files.ts";
import { kindAt } from "./static-path.ts";

type Subject = { readonly settings: Pick<StaticFilesSettings, "STATICFILES_DIRS" | "STATIC_ROOT"> };

export const staticFilesChecks: readonly Check<Subject>[] = [
  { name: "checkStaticFolders", tags: ["staticfiles"], run: checkStaticFolders },
];

/** E002, W004. */
function checkStaticFolders({ settings }: Subject): CheckMessage[] {
  const { STATICFILES_DIRS, STATIC_ROOT } = settings;
  const folders = STATICFILES_DIRS.map((entry) => (typeof entry === "string" ? entry : entry[1]));
  return folders.flatMap((folder) => {
    if (STATIC_ROOT !== null && resolve(folder) === resolve(STATIC_ROOT)) {
      return new ErrorMessage(
        "The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting.",
        { hint: "STATIC_ROOT is what collectstatic fills.", id: "staticfiles.E002" },
      );
    }
    if (kindAt(folder) === "folder") return [];
    return new Warning(
      `The directory '${folder}' in the STATICFILES_DIRS setting does not exist.`,
      { hint: "Make it, or take it out of the setting.", id: "staticfiles.W004" },
    );
  });
}
