/**
 * What a server says once it serves.
 *
 * Layer 10 (cli). Pure.
 */
import { relative } from "node:path";
import type { TCPAddress } from "../socketserver/tcp-server.ts";
import { formatUrl } from "./address.ts";
import { VERSION } from "./version.ts";

export function formatBanner(address: TCPAddress, settingsFile: string, cwd: string): string {
  return (
    `minorswing ${VERSION} on Node ${process.versions.node}, using settings ${relative(cwd, settingsFile)}\n` +
    `Development server at ${formatUrl(address)}\n` +
    `Quit the server with CONTROL-C.\n\n`
  );
}
