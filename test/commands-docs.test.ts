import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import "../devserver/cli/core-commands.ts";
import type { Command } from "../framework/management/command.ts";
import { COMMON_HELP, COMMON_OPTIONS } from "../framework/management/common-options.ts";
import { coreCommands } from "../framework/management/core-commands.ts";
import { ROOT } from "./support/projects.ts";

const page = readFileSync(join(ROOT, "docs", "commands.md"), "utf8");
const sections = new Map(
  page.split(/^## /m).map((text) => [text.slice(0, text.indexOf("\n")), text] as const),
);

/** `-v, --verbosity | what it does`, for each option that a section's table has. */
function optionsIn(section: string = ""): string[] {
  return [...section.matchAll(/^\| `(-[^`]+)` +\| (.+?) +\|$/gm)].map(
    ([, option, meaning]) => `${option} | ${meaning}`,
  );
}

function optionsOf({ options, help }: Pick<Command, "help" | "options">): string[] {
  return Object.entries(options).map(
    ([name, { short }]) =>
      `${short === undefined ? "" : `-${short}, `}--${name} | ${help[name] ?? "no help"}`,
  );
}

test("docs/commands.md has a section for every command, and for no other", () => {
  const [, , ...titles] = sections.keys();

  expect(titles.filter((title) => title !== "Your own")).toEqual(
    [...coreCommands.keys()].toSorted(),
  );
});

test.each([...coreCommands])("docs/commands.md has usage and options of %s", async (name, core) => {
  const command = await core.load();
  const section = sections.get(name);

  expect(section).toContain(`\n    devserver ${command.usage}\n`);
  expect(optionsIn(section)).toEqual(optionsOf(command));
});

test("docs/commands.md has the options of all commands", () => {
  const common = { options: COMMON_OPTIONS, help: COMMON_HELP };

  expect(optionsIn(sections.get("Every command"))).toEqual(optionsOf(common));
});
