/**
 * Which files this process has open: what nothing may leak into.
 */
import { readdirSync, readlinkSync } from "node:fs";

/** Whether the system can tell; the tests that ask are skipped where it cannot. */
export const CAN_SEE_OPEN_FILES: boolean = process.platform === "linux";

/** The open files below `folder`. */
export function openFilesBelow(folder: string): string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      // Closed since it was listed: the listing itself, for one.
      return [];
    }
  });
}
