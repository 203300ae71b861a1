/** `devserver collectstatic`: copies the static files of the project and its apps into STATIC_ROOT. */
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { checkedRoot } from "../../../framework/staticfiles/check-root.ts";
import {
  type Collected,
  type CollectOptions,
  collectStatic,
} from "../../../framework/staticfiles/collect.ts";
import { DEFAULT_IGNORE_PATTERNS } from "../../../framework/staticfiles/ignore-patterns.ts";
import { StaticRoot } from "../../../framework/staticfiles/static-root.ts";
import { explained } from "../explained.ts";
import { settingsOf } from "../project/load-settings.ts";

export const summary = "copy the static files of the project and its apps into STATIC_ROOT";
export const usage =
  "collectstatic [--noinput] [--clear] [--dry-run] [--link] [--ignore PATTERN]… [--no-default-ignore] [--no-post-process]";
export const options: ParseArgsOptionsConfig = {
  noinput: { type: "boolean" },
  "no-input": { type: "boolean" },
  clear: { type: "boolean", short: "c" },
  "dry-run": { type: "boolean", short: "n" },
  link: { type: "boolean", short: "l" },
  ignore: { type: "string", short: "i", multiple: true },
  "no-default-ignore": { type: "boolean" },
  "no-post-process": { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  noinput: "ask nothing",
  "no-input": "the same",
  clear: "delete what is in STATIC_ROOT first",
  "dry-run": "say what would be done, and do nothing",
  link: "make symbolic links instead of copies",
  ignore: "leave out files and folders of this pattern, such as '*.map' (may be repeated)",
  "no-default-ignore": `do not leave out ${DEFAULT_IGNORE_PATTERNS.join(", ")}`,
  "no-post-process": "add no hashes to names",
  verbosity: "0 for nothing, 2 for every file (default: 1)",
};
export const maxPositionals = 0;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const plan: CollectOptions = {
    ...planOf(context),
    log: (message, level) => {
      const output = level === 0 ? context.stderr : context.stdout;
      if (context.verbosity >= level) output.write(`${message}\n`);
    },
  };
  const settings = await explained(() => settingsOf(context));
  const root = await explained(() => checkedRoot(settings));
  await confirm(root, plan, context);
  const collected = await explained(() => collectStatic(settings, plan));
  if (context.verbosity > 0) context.stdout.write(summarize(collected, root, plan));
  return 0;
}

function planOf({ values }: CommandContext): Omit<CollectOptions, "log"> {
  const given = Array.isArray(values.ignore) ? values.ignore.map(String) : [];
  return {
    link: values.link === true,
    clear: values.clear === true,
    dryRun: values["dry-run"] === true,
    postProcess: values["no-post-process"] !== true,
    ignore: values["no-default-ignore"] === true ? given : [...given, ...DEFAULT_IGNORE_PATTERNS],
  };
}

/** An empty folder has nothing to lose. */
async function confirm(root: string, plan: CollectOptions, context: CommandContext): Promise<void> {
  const { values, ask } = context;
  if (values.noinput === true || values["no-input"] === true || new StaticRoot(root).isEmpty)
    return;
  if (ask === undefined)
    throw new CommandError(
      `${root} is not empty, and there is no terminal to ask at: --noinput overwrites what is there without asking.`,
    );
  if ((await ask(question(root, plan))) !== "yes")
    throw new CommandError("Collecting static files cancelled.");
}

/** Django's. */
function question(root: string, { clear, dryRun }: CollectOptions): string {
  return (
    (dryRun ? "\nYou have activated the --dry-run option so no files will be modified.\n" : "") +
    `\nYou have requested to collect static files at the destination\nlocation as specified in your settings:\n\n    ${root}\n\n` +
    (clear
      ? "This will DELETE ALL FILES in this location!\n"
      : "This will overwrite existing files!\n") +
    "Are you sure you want to do this?\n\nType 'yes' to continue, or 'no' to cancel: "
  );
}

/** Django's, with the numbers that are not 0. */
function summarize(collected: Collected, root: string, { link }: CollectOptions): string {
  const { modified, unmodified, postProcessed, skipped } = collected;
  const parts = [
    `${modified.length} static file${modified.length === 1 ? "" : "s"} ${link ? "symlinked" : "copied"} to '${root}'`,
    unmodified.length > 0 ? `${unmodified.length} unmodified` : "",
    postProcessed.length > 0 ? `${postProcessed.length} post-processed` : "",
    skipped.length > 0 ? `${skipped.length} skipped due to conflict` : "",
  ];
  return `\n${parts.filter((part) => part !== "").join(", ")}.\n`;
}
