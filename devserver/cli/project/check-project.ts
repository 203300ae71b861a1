/**
 * What stands before a command of the project: the site is built, so that `reverse` works, and checked.
 *
 * Layer 10 (cli). Errors: `CommandError` when the site cannot be built, or a check finds an error.
 * Source: Django core/management/base.py (`requires_system_checks`).
 */
import type { Settings } from "../../../framework/conf/settings.ts";
import { buildApplication } from "../../../framework/handlers/wsgi-handler.ts";
import { CommandError, type Output } from "../../../framework/management/command.ts";
import { formatError } from "../../../framework/utils/stack.ts";
import { checkApplication } from "./check-application.ts";

export async function checkProject(settings: Settings, stderr: Output): Promise<void> {
  try {
    const report = await checkApplication(await buildApplication(settings));
    if (report.visible > 0) stderr.write(`${report.text}\n`);
  } catch (error) {
    throw new CommandError(formatError(error), { cause: error });
  }
}
