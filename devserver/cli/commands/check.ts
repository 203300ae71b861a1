/** `devserver check`: looks for mistakes in the project, without serving it. */
import type { ParseArgsOptionsConfig } from "node:util";
import { type CheckMessage, type LevelName, LEVELS } from "../../../framework/checks/messages.ts";
import { reportChecks } from "../../../framework/checks/report.ts";
import {
  type CommandContext,
  CommandError,
  UsageError,
} from "../../../framework/management/command.ts";
import { systemChecks } from "../../../framework/management/system-checks.ts";
import { loadApplication } from "../project/load-project.ts";

export const summary = "look for mistakes in the project";
export const usage = "check [--deploy] [--fail-level LEVEL] [--tag TAG …] [--list-tags] [--json]";
export const options: ParseArgsOptionsConfig = {
  deploy: { type: "boolean" },
  "fail-level": { type: "string" },
  tag: { type: "string", multiple: true },
  "list-tags": { type: "boolean" },
  json: { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  deploy: "the checks that matter in production, too",
  "fail-level":
    "from which level on the exit code is 1: CRITICAL, ERROR, WARNING, INFO, DEBUG (default: ERROR)",
  tag: "only checks about this; may be given several times",
  "list-tags": "which tags there are",
  json: "print JSON",
};
export const maxPositionals = 0;

/** Returns the exit code. Source: Django core/management/commands/check.py. */
export async function run(context: CommandContext): Promise<number> {
  const { values, stdout, stderr } = context;
  const deploy = values.deploy === true;
  const failLevel = parseLevel(values["fail-level"]);
  // First of all, since a project may register checks of its own while it loads.
  const app = await loadApplication(context);
  if (values["list-tags"] === true) {
    stdout.write(
      systemChecks
        .tagsAvailable({ deploy })
        .map((tag) => `${tag}\n`)
        .join(""),
    );
    return 0;
  }
  const tags = parseTags(values.tag);
  const messages = await systemChecks.run(app, { tags, deploy });
  const silenced = app.settings.SILENCED_SYSTEM_CHECKS;
  const report = reportChecks(messages, { silenced, failLevel });
  if (values.json === true) stdout.write(`${formatJson(messages, silenced)}\n`);
  else (report.visible > 0 ? stderr : stdout).write(`${report.text}\n`);
  return report.failed ? 1 : 0;
}

function parseLevel(value: CommandContext["values"][string]): number {
  if (typeof value !== "string") return LEVELS.ERROR;
  const name = value.toUpperCase();
  if (isLevel(name)) return LEVELS[name];
  throw new UsageError(
    `--fail-level takes one of ${Object.keys(LEVELS).toReversed().join(", ")}; found ${JSON.stringify(value)}.`,
  );
}

function isLevel(name: string): name is LevelName {
  return Object.hasOwn(LEVELS, name);
}

function parseTags(value: CommandContext["values"][string]): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const tags = value.map(String);
  const known = systemChecks.tagsAvailable({ deploy: true });
  const unknown = tags.find((tag) => !known.includes(tag));
  if (unknown === undefined) return tags;
  throw new CommandError(
    `There is no system check with the "${unknown}" tag. Known tags: ${known.join(", ")}.`,
  );
}

function formatJson(messages: readonly CheckMessage[], silenced: readonly string[]): string {
  const issues = messages.map((message) => ({
    id: message.id ?? null,
    level: levelName(message.level),
    object: message.obj === undefined ? null : String(message.obj),
    message: message.msg,
    hint: message.hint ?? null,
    silenced: message.isSilenced(silenced),
  }));
  return JSON.stringify(issues, undefined, 2);
}

/** The name of the level, or of the next one below a level of the project's own. */
function levelName(level: number): string {
  const names = Object.entries(LEVELS).filter(([, value]) => value <= level);
  return names.at(-1)?.[0] ?? "DEBUG";
}
