/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type {
  CommandContext,
  ProjectCommand,
  ProjectCommandContext,
} from "../../../framework/management/command.ts";

const options = {
  loud: { type: "boolean" },
  name: { type: "string" },
  tag: { type: "string", multiple: true },
} as const;

/** The options of a command give its values their types. */
function run({ values, settings }: ProjectCommandContext<typeof options>): void {
  const loud: boolean | undefined = values.loud;
  const name: string | undefined = values.name;
  const tags: string[] | undefined = values.tag;
  // @ts-expect-error -- no such option
  void values.quiet;
  // @ts-expect-error -- a text
  const wrong: number | undefined = values.name;
  void [loud, name, tags, wrong, settings.DEBUG];
}

/** What a module of a project exports. */
export const command: ProjectCommand = { summary: "x", options, run };

/** Only the commands of a project always have settings. */
export function core({ settings }: CommandContext): boolean {
  // @ts-expect-error -- perhaps undefined
  return settings.DEBUG;
}
