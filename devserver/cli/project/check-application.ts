/**
 * System checks before an application is served.
 *
 * Layer 10 (cli). Errors: `SystemCheckError` when a check finds an error that is not silenced; it holds the whole report.
 * Source: Django core/management/commands/runserver.py (`inner_run`), base.py (`BaseCommand.check`).
 */
import { type CheckReport, reportChecks } from "../../../framework/checks/report.ts";
import type { Application } from "../../../framework/conf/settings.ts";
import { CommandError, type Output } from "../../../framework/management/command.ts";
import { systemChecks } from "../../../framework/management/system-checks.ts";
import { areChecksSkipped } from "./skip-checks.ts";

/** `runserver --skip-checks`: nothing was looked at, and nothing is said. */
const SKIPPED: CheckReport = { text: "", visible: 0, silenced: 0, failed: false };

/** The project loads, but a check says that it must not be served. */
export class SystemCheckError extends CommandError {
  constructor(report: CheckReport) {
    super(report.text);
    // Where it was thrown says nothing; what the checks found says all.
    this.stack = report.text;
  }
}

export async function checkApplication(app: Application): Promise<CheckReport> {
  if (areChecksSkipped(process.env)) return SKIPPED;
  // A template that does not parse spoils its own page, which says so; it must not take the whole site away.
  const tags = systemChecks.tagsAvailable().filter((tag) => tag !== "templates");
  const messages = await systemChecks.run(app, { tags });
  const report = reportChecks(messages, { silenced: app.settings.SILENCED_SYSTEM_CHECKS });
  if (report.failed) throw new SystemCheckError(report);
  return report;
}

/** At the first start all is said; later, and in workers, only what is wrong. */
export function announceChecks(
  report: CheckReport,
  output: { readonly stdout: Output; readonly stderr: Output },
  isFirstStart: boolean,
): void {
  if (report === SKIPPED) return;
  if (isFirstStart) output.stdout.write("Performing system checks...\n\n");
  if (report.visible > 0) output.stderr.write(`${report.text}\n`);
  else if (isFirstStart) output.stdout.write(`${report.text}\n`);
}
