/**
 * What an HTTPS server needs, loaded only when it is asked for: TLS takes time that every start and every reload would pay.
 *
 * Layer 10 (cli). Errors: those of credentials.ts.
 */
import type { CommandContext } from "../../../framework/management/command.ts";
import type { LoadedCredentials } from "./credentials.ts";
import type { HttpsPlan } from "./https-plan.ts";

/** `undefined` for plain HTTP. */
export async function loadSecurity(
  plan: HttpsPlan | undefined,
  env: CommandContext["env"],
): Promise<LoadedCredentials | undefined> {
  if (plan === undefined) return undefined;
  const { loadCredentials } = await import("./credentials.ts");
  return await loadCredentials(plan, env);
}
