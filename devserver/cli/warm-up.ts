/**
 * What a process can do before it knows which code it will run, so that there is less to do once it does.
 *
 * Layer 10 (cli). Errors: none; what fails here fails again where somebody hears of it.
 */
import { stripTypeScriptTypes } from "node:module";

/** Loads what strips types (the slowest part of a first import), then the packages that the project uses. */
export async function warmUp(dependencies: readonly string[]): Promise<void> {
  quietly(() => stripTypeScriptTypes("let answer: number;"));
  for (const url of dependencies) await import(url).catch(() => undefined);
}

/** Without Node's warning that this function is new: a user has not called it. */
function quietly(call: () => unknown): void {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    call();
  } finally {
    process.emitWarning = emitWarning;
  }
}
