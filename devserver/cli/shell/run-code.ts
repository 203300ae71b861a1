/**
 * Runs code that was given as text: `shell --command CODE`, or piped in.
 *
 * Layer 10 (cli). Errors: `CommandError` with what the code threw. Differs from Django: nothing is printed that the code
 * does not print itself, as there; `await` is possible everywhere.
 */
import { join } from "node:path";
import { compileFunction, constants } from "node:vm";
import { CommandError } from "../../../framework/management/command.ts";
import { formatError } from "../../../framework/utils/stack.ts";
import type { ShellNames } from "./shell-names.ts";
import { stripTypes } from "./strip-types.ts";

/** `import("./views.ts")` starts from `folder`. */
export async function runCode(code: string, names: ShellNames, folder: string): Promise<void> {
  try {
    const call = compileFunction(
      `return (async () => {\n${stripTypes(code)}\n})()`,
      Object.keys(names),
      {
        filename: join(folder, "<shell>"),
        lineOffset: -1,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      },
    );
    await Reflect.apply(call, undefined, Object.values(names));
  } catch (error) {
    throw new CommandError(formatError(error) + adviceFor(error), { cause: error });
  }
}

function adviceFor(error: unknown): string {
  return error instanceof SyntaxError && error.message.includes("import statement")
    ? '\nHere it is: const { name } = await import("…")'
    : "";
}
