/**
 * What a server says once it serves.
 *
 * Layer 10 (cli). Pure.
 */
import { relative } from "node:path";
import { VERSION } from "./version.ts";

/** `hint`: whole lines that belong to the address. */
export function formatBanner(
  url: string,
  settingsFile: string,
  cwd: string,
  hint: string = "",
): string {
  return (
    `minorswing ${VERSION} on Node ${process.versions.node}, using settings ${relative(cwd, settingsFile)}\n` +
    `Development server at ${url}\n${hint}` +
    `Quit the server with CONTROL-C.\n\n`
  );
}
