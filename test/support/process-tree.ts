/**
 * The processes that a process has started, and whether they live.
 */
import { eventually, run } from "./processes.ts";

/** Children, their children, and so on. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,stat="], "/");
  const rows = stdout
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    // One that has ended and was not asked after yet is none.
    .filter(([, , state = ""]) => !state.startsWith("Z"));
  const found = [pid];
  for (const parent of found)
    found.push(...rows.filter((row) => Number(row[1]) === parent).map(([child]) => Number(child)));
  return found.slice(1);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until none of them lives. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  await eventually(async () => (pids.some(isAlive) ? undefined : true));
}
