/**
 * All system checks of an application. A feature adds its own here; a project registers more:
 * `systemChecks.register({ name: "checkMail", tags: ["mail"], run: ({ settings }) => … })` in settings.ts, say.
 *
 * Layer 9 (management).
 */
import { CheckRegistry } from "../checks/registry.ts";
import { settingsChecks } from "../conf/checks.ts";
import type { Application } from "../conf/settings.ts";
import { csrfChecks } from "../csrf/checks.ts";
import { middlewareChecks } from "../middleware/checks.ts";
import { templateChecks } from "../templates/checks.ts";
import { sessionChecks } from "../sessions/checks.ts";
import { staticFilesChecks } from "../staticfiles/checks.ts";
import { urlChecks } from "../urls/checks.ts";

export const systemChecks: CheckRegistry<Application> = new CheckRegistry<Application>()
  .register(...urlChecks)
  .register(...settingsChecks)
  .register(...staticFilesChecks)
  .register(...templateChecks)
  .register(...sessionChecks)
  .register(...middlewareChecks)
  .register(...csrfChecks);
