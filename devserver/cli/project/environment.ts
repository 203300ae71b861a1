/**
 * `.env`: variables of the environment in a file that is not in the repository.
 *
 * Layer 10 (cli). Effects: adds to `process.env`; what is there already wins. Only the process that loads the settings
 * reads it: a supervisor that did would hand old values down to its children after the file has changed.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorMessage } from "../../../framework/utils/describe.ts";
import { CommandError } from "../../../framework/management/command.ts";

/** Reads `.env` in the folder of the settings file, if there is one. Throws `CommandError` when it cannot be read. */
export function loadEnvironment(folder: string): void {
  const file = join(folder, ".env");
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new CommandError(`${file} could not be read: ${errorMessage(error)}`, { cause: error });
  }
}
