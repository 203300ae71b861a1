/**
 * Where the process of `devserver` starts. `bin/devserver.cjs` comes here once it knows that Node is new enough.
 *
 * Layer 10 (cli).
 */
import { enableCompileCache } from "node:module";
import { isatty } from "node:tty";
import { importFast } from "./fast-imports.ts";

// A reload starts a process; with the cache it does not compile what the one before has compiled.
enableCompileCache();
importFast();

const { main } = await import("./main.ts");
const { argv, env, stdout, stderr } = process;
const isTerminal = isatty(0) && isatty(1);
// What a project leaves running (a timer, a pool) must not keep a finished command alive.
process.exit(
  await main(argv.slice(2), {
    cwd: process.cwd(),
    env,
    openStdin: () => process.stdin,
    stdout,
    stderr,
    ...(isTerminal && { ask: askTerminal }),
  }),
);

/** What was typed; nothing when the terminal was closed instead (Ctrl-C, Ctrl-D). */
async function askTerminal(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  using terminal = createInterface({ input: process.stdin, output: stdout });
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  return await Promise.race([terminal.question(question), closed]);
}
