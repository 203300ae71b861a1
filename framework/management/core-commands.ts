/**
 * The commands that every project has. They live above (in `devserver/cli/`), which puts them in here when it is loaded.
 *
 * Layer 9 (management).
 */
import type { Command } from "./command.ts";

/** A command is loaded when it is run or explained, not before. */
export interface CoreCommand {
  load(): Promise<Command>;
  /**
   * True for commands that load the project's settings anyway, so that an app may take their place: to know the apps,
   * the settings must be loaded.
   */
  readonly readsSettings: boolean;
}

export const coreCommands: Map<string, CoreCommand> = new Map();
