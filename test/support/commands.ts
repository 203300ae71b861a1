/**
 * `devserver` in this process: what it printed, and its exit code.
 */
import { Readable } from "node:stream";
import { main } from "../../devserver/cli/main.ts";
import type { Input } from "../../framework/management/command.ts";

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What is piped in. */
  readonly stdin?: string;
  readonly isTTY?: boolean;
}

export async function command(
  args: readonly string[],
  cwd: string,
  { env = {}, stdin, isTTY = false }: CommandOptions = {},
): Promise<CommandResult> {
  const output = { stdout: "", stderr: "" };
  const exitCode = await main(args, {
    cwd,
    env,
    ...(stdin !== undefined && { openStdin: (): Input => Readable.from([stdin]) }),
    stdout: { write: (text) => (output.stdout += text), isTTY },
    stderr: { write: (text) => (output.stderr += text), isTTY },
  });
  return { exitCode, ...output };
}
