/**
 * The shell that somebody types into: Node's REPL, with types, the names of the project and a history of its own.
 *
 * Layer 10 (cli). Effects: reads the terminal until `.exit` or CONTROL-D.
 */
import { once } from "node:events";
import { type REPLServer, start } from "node:repl";
import { Writable } from "node:stream";
import type { CommandContext } from "../../../framework/management/command.ts";
import { colourChoice } from "../../../framework/management/common-options.ts";
import { wantsColours } from "../../../framework/management/style.ts";
import { VERSION } from "../version.ts";
import { historyFile } from "./history-file.ts";
import type { ShellNames } from "./shell-names.ts";
import { stripTypes } from "./strip-types.ts";

/** Settles when the shell was left and its history is written. */
export async function startRepl(names: ShellNames, context: CommandContext): Promise<void> {
  const { stdout, style, env, values, openStdin } = context;
  stdout.write(
    `minorswing ${VERSION} on Node ${process.versions.node}. At hand: ${style.success(Object.keys(names).join(", "))}.\n` +
      'Types and await work; import so: const views = await import("./views.ts"). CONTROL-D ends the shell.\n',
  );
  const server = start({
    prompt: "> ",
    input: openStdin?.() ?? process.stdin,
    output: stdout instanceof Writable ? stdout : process.stdout,
    useColors: wantsColours(stdout, env, colourChoice(values)),
  });
  const over = once(server, "exit");
  acceptTypes(server);
  Object.assign(server.context, names);
  server.on("reset", (fresh: object) => Object.assign(fresh, names));
  const file = values["no-history"] === true ? undefined : historyFile(env);
  if (file !== undefined) server.setupHistory(file, () => undefined);
  await over;
}

/** The property is declared read-only, and read anew for each line. */
function acceptTypes(server: REPLServer): void {
  const evaluate = server.eval;
  Object.defineProperty(server, "eval", {
    value: (code: string, ...rest: unknown[]): unknown =>
      Reflect.apply(evaluate, server, [stripTypes(code), ...rest]),
  });
}
