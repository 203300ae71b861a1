/**
 * `[addrport]`: what `runserver` is told to listen on.
 *
 * Layer 10 (cli). Pure. Source: Django core/management/commands/runserver.py (`naiveip_re`, `inner_run`).
 */
import { CommandError, UsageError } from "../../../framework/management/command.ts";
import type { TCPAddress } from "../../socketserver/tcp-server.ts";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 8000;
const ADDRPORT =
  /^(?:(?<ipv4>\d{1,3}(?:\.\d{1,3}){3})|\[(?<ipv6>[a-f0-9:.]+)\]|(?<name>[a-z0-9-]+(?:\.[a-z0-9-]+)*)):(?<port>\d+)$/i;

/** `8001`, `0.0.0.0:8001`, `[::1]:8001`, `localhost:8001`, `0:8001` (every interface), `0` (any free port). */
export function parseAddress(text: string | undefined): TCPAddress {
  if (text === undefined) return [DEFAULT_HOST, DEFAULT_PORT];
  const groups = ADDRPORT.exec(/^\d+$/.test(text) ? `${DEFAULT_HOST}:${text}` : text)?.groups;
  const port = Number(groups?.port);
  if (groups === undefined || port > 65_535) {
    throw new UsageError(
      `"${text}" is not a valid port number or address:port pair (such as 8001, 0.0.0.0:8001 or [::1]:8001; ports end at 65535).`,
    );
  }
  const host = groups.ipv4 ?? groups.ipv6 ?? groups.name ?? DEFAULT_HOST;
  return [host === "0" ? "0.0.0.0" : host, port];
}

/** As `parseAddress` reads it, in short. */
export function formatAddress([host, port]: TCPAddress): string {
  if (host === DEFAULT_HOST) return String(port);
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

export type Scheme = "http" | "https";

/** The URL that a browser needs. */
export function formatUrl([host, port]: TCPAddress, scheme: Scheme = "http"): string {
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}/`;
}

/** Why the address cannot be had, in one line. Source: the same file (`ERRORS`). */
export function explainBindError(error: unknown, [host, port]: TCPAddress): CommandError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `That port is already in use: ${host}:${port}.`,
    EACCES: `You don't have permission to access that port: ${host}:${port}.`,
    EADDRNOTAVAIL: `That IP address can't be assigned to: ${host}.`,
    ENOTFOUND: `That host name is not known: ${host}.`,
    EAI_AGAIN: `That host name is not known: ${host}.`,
  };
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new CommandError(reason, { cause: error });
}
