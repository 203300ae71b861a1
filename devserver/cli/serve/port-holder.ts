/**
 * Which process listens on a port, as far as this user may know.
 *
 * Layer 10 (cli). Units: milliseconds. Errors: none; what cannot be found out is `undefined`.
 * Source: proc(5), `/proc/net/tcp` and `/proc/PID/fd`; elsewhere `lsof`.
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";

export interface PortHolder {
  readonly pid: number;
  /** Its command line, shortened. */
  readonly command: string;
}

const TIMEOUT = 500;
const LONGEST_COMMAND = 60;
/** The state of a socket that listens. */
const LISTEN = "0A";

export async function findPortHolder(
  port: number,
  platform: NodeJS.Platform,
): Promise<PortHolder | undefined> {
  try {
    return platform === "linux" ? fromProc(port) : await fromLsof(port);
  } catch {
    return undefined;
  }
}

/** Of several processes with the same socket the oldest one, which has started the others. */
function fromProc(port: number): PortHolder | undefined {
  const deadline = performance.now() + TIMEOUT;
  const sockets = listeningSockets(port);
  if (sockets.size === 0) return undefined;
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  for (const pid of pids.toSorted((a, b) => a - b)) {
    if (performance.now() > deadline) return undefined;
    if (descriptorsOf(pid).some((target) => sockets.has(target)))
      return { pid, command: commandOf(pid) };
  }
  return undefined;
}

/** As descriptors name them: `socket:[4711]`. */
function listeningSockets(port: number): Set<string> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((path) =>
    textOf(path)
      .split("\n")
      .map((row) => row.trim().split(/\s+/)),
  );
  const listening = rows.filter(
    ([, local = "", , state]) => state === LISTEN && local.endsWith(`:${hexPort}`),
  );
  return new Set(listening.map((row) => `socket:[${row[9]}]`));
}

/** Nothing for a process of somebody else. */
function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function commandOf(pid: number): string {
  const [program = "", ...args] = textOf(`/proc/${pid}/cmdline`).split("\0");
  return shorten([basename(program), ...args].join(" "));
}

async function fromLsof(port: number): Promise<PortHolder | undefined> {
  const args = ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"];
  const { stdout } = await promisify(execFile)("lsof", args, { timeout: TIMEOUT });
  const [, pid, command] = /^p(\d+)\nc(.*)$/m.exec(stdout) ?? [];
  return pid === undefined || command === undefined
    ? undefined
    : { pid: Number(pid), command: shorten(command) };
}

function shorten(command: string): string {
  const text = command.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  return text.length > LONGEST_COMMAND ? `${text.slice(0, LONGEST_COMMAND - 1)}…` : text;
}
