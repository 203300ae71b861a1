/**
 * The commands that every project has: one line for each, in the order of the alphabet. None is loaded before it is needed.
 *
 * Layer 10 (cli).
 */
import type { Command } from "../../framework/management/command.ts";
import { coreCommands } from "../../framework/management/core-commands.ts";

type Load = () => Promise<Command>;

/** These load the settings of the project, so an app may take their place. */
const WITH_SETTINGS: Readonly<Record<string, Load>> = {
  check: () => import("./commands/check.ts"),
  clearsessions: () => import("./commands/clearsessions.ts"),
  collectstatic: () => import("./commands/collectstatic.ts"),
  diffsettings: () => import("./commands/diffsettings.ts"),
  findstatic: () => import("./commands/findstatic.ts"),
  routes: () => import("./commands/routes.ts"),
  shell: () => import("./commands/shell.ts"),
};

/** These do not. `runserver` among them: its supervisor never imports the project. */
const WITHOUT_SETTINGS: Readonly<Record<string, Load>> = {
  http: () => import("./commands/http.ts"),
  runserver: () => import("./commands/runserver.ts"),
  startapp: () => import("./commands/startapp.ts"),
  startproject: () => import("./commands/startproject.ts"),
  test: () => import("./commands/test.ts"),
  version: () => import("./commands/version.ts"),
};

for (const [name, load] of Object.entries(WITH_SETTINGS))
  coreCommands.set(name, { load, readsSettings: true });
for (const [name, load] of Object.entries(WITHOUT_SETTINGS))
  coreCommands.set(name, { load, readsSettings: false });
