/**
 * What a process can do before it knows which code it will run, so that there is less to do once it does.
 *
 * Layer 10 (cli). Errors: none; what fails here fails again where somebody hears of it.
 */
import { stripTypeScriptTypes } from "node:module";
import { prepareLocals } from "../../../framework/views/debug/locals.ts";
import type { Preparation } from "../../autoreload/messages.ts";
import { rehearse } from "./rehearsal.ts";

/** Node compiles what strips types when it is first used, the parts for each piece of syntax when they are. */
const SAMPLE = `
import { type A, b } from "./a.ts";
export interface C<T extends object = {}> extends A { readonly d: T; e?(f: string): void }
type G = C<{ h: number }> | readonly string[];
export const list = [1, 2] as const satisfies readonly number[];
export class I<T> implements G { readonly #j: T | undefined; declare k: string;
  constructor(j: T) { super(); this.#j = j!; } static async *l(this: void): AsyncGenerator<number> { yield 1; } }
export async function m(n: A, { o, p = 2 }: { o: number; p?: number }): Promise<G> {
  for (const [q, r] of Object.entries(n as Record<string, string>)) if (q === r) return \`\${o}\`;
  try { return await b<G>((s: number): number => s * p); } catch (error: unknown) { throw new Error("", { cause: error }); }
}
export default { t: (u: unknown): u is A => u !== null };
`;

/** Does the steps of the preparation until all are done or `isAwaited` says that there is no time left. */
export async function warmUp(
  { dependencies, locals }: Preparation,
  isAwaited: () => boolean,
): Promise<void> {
  const steps: readonly (() => unknown)[] = [
    ...dependencies.map((url) => () => import(url)),
    // Before types are stripped: V8 prepares WebAssembly anew for a debugger.
    ...(locals ? [prepareLocals] : []),
    () => quietly(() => stripTypeScriptTypes(SAMPLE)),
    rehearse,
  ];
  for (const step of steps) {
    // The order to load may be right behind.
    await new Promise((resolve) => setImmediate(resolve));
    if (isAwaited()) return;
    await Promise.try(step).catch(() => undefined);
  }
}

/** Without Node's warning that this function is new: a user has not called it. */
function quietly(call: () => unknown): void {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    call();
  } finally {
    process.emitWarning = emitWarning;
  }
}
