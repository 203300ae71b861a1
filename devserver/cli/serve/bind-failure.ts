/**
 * Why a command cannot have its address, and what to do about it.
 *
 * Layer 10 (cli).
 */
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { bindSocket, type TCPAddress } from "../../socketserver/tcp-server.ts";
import { explainBindError, formatAddress } from "./address.ts";
import { findPortHolder } from "./port-holder.ts";

/** How many ports are tried. */
const TRIES = 20;

/**
 * As `explainBindError`; where the port is in use with who has it, and the same command for a port that is free: `again`
 * writes it without its options.
 */
export async function explainBindFailure(
  error: unknown,
  address: TCPAddress,
  { values }: Pick<CommandContext, "values">,
  again: (free: TCPAddress) => string = (free) => `runserver ${formatAddress(free)}`,
): Promise<CommandError> {
  const explained = explainBindError(error, address);
  if (!isInUse(error)) return explained;
  const [host, port] = address;
  const holder = await findPortHolder(port, process.platform);
  const by =
    holder === undefined ? "" : `\nIt is held by: ${holder.command} (process ${holder.pid}).`;
  const free = await nextFreePort(address);
  const instead =
    free === undefined
      ? ""
      : `\nFree is: npx devserver ${[again([host, free]), ...flagsOf(values)].join(" ")}`;
  return new CommandError(`${explained.message}${by}${instead}`, { cause: error });
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

async function nextFreePort([host, port]: TCPAddress): Promise<number | undefined> {
  for (let candidate = port + 1; candidate <= Math.min(port + TRIES, 65_535); candidate += 1) {
    const bound = await bindSocket([host, candidate]).catch(() => undefined);
    bound?.close();
    if (bound !== undefined) return candidate;
  }
  return undefined;
}

/** The options that were given. */
function flagsOf(values: CommandContext["values"]): readonly string[] {
  return Object.entries(values).map(([name, value]) =>
    typeof value === "string" ? `--${name} ${quote(value)}` : `--${name}`,
  );
}

function quote(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
