/**
 * What a server says once it serves.
 *
 * Layer 10 (cli). Pure.
 */
import { relative } from "node:path";
import { VERSION } from "../version.ts";

export interface BannerOptions {
  /** Whole lines that belong to the address. */
  readonly hint?: string | undefined;
  readonly canPressKeys?: boolean;
}

export function formatBanner(
  url: string,
  settingsFile: string,
  cwd: string,
  { hint = "", canPressKeys = false }: BannerOptions = {},
): string {
  return (
    `minorswing ${VERSION} on Node ${process.versions.node}, using settings ${relative(cwd, settingsFile)}\n` +
    `Development server at ${url}\n${hint}` +
    `Quit the server with CONTROL-C${canPressKeys ? "; press h for other keys" : ""}.\n\n`
  );
}
