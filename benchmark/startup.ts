/**
 * From `devserver runserver` to its first answer: `npm run benchmark:startup [-- ROUNDS]`.
 *
 * Serves the example project with the built package, as it is installed (`npm run build` comes first), and from source;
 * with the compile cache warm and with an empty one. For comparison what else people start: `node --watch` with node:http (and with Express, where it is installed), Django's runserver (where python3 has
 * Django). Interleaved rounds, a process and a port of its own each time; prints medians, smallest and largest.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const TIMEOUT = 30_000;

interface Program {
  readonly name: string;
  readonly cwd: string;
  command(port: number): readonly string[];
  /** More of the environment, made anew for each start. */
  env?(): Readonly<Record<string, string>>;
}

const [, , rounds = "9"] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "minorswing-startup-"));
try {
  const programs = [...ours(), ...nodes(), ...django()];
  // The first start of each fills caches.
  for (const program of programs) await timeStart(program);
  const times = new Map(programs.map((program) => [program.name, [] as number[]]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const program of programs) times.get(program.name)?.push(await timeStart(program));
  }
  for (const [name, list] of times)
    report(
      name,
      list.toSorted((a, b) => a - b),
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(name: string, sorted: readonly number[]): void {
  const [median = 0, least = 0, most = 0] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)];
  const range = `(${least.toFixed(0)} … ${most.toFixed(0)})`;
  console.log(`${name.padEnd(44)} ${median.toFixed(0).padStart(5)} ms  ${range}`);
}

function ours(): Program[] {
  const cwd = join(ROOT, "example-project");
  const built = [process.execPath, join(ROOT, "bin", "devserver.cjs"), "runserver"];
  const source = [
    process.execPath,
    "--conditions=source",
    join(ROOT, "devserver", "cli", "entry.ts"),
    "runserver",
  ];
  const command = (port: number): string[] => [...built, String(port)];
  const freshCache = (): Record<string, string> => ({
    NODE_COMPILE_CACHE: mkdtempSync(join(folder, "cache-")),
  });
  return [
    { name: "devserver runserver", cwd, command },
    { name: "devserver runserver, empty compile cache", cwd, command, env: freshCache },
    {
      name: "devserver runserver --noreload",
      cwd,
      command: (port) => [...command(port), "--noreload"],
    },
    {
      name: "devserver runserver, from source",
      cwd,
      command: (port) => [...source, String(port)],
    },
  ];
}

function nodes(): Program[] {
  writeFileSync(
    join(folder, "http.mjs"),
    'import http from "node:http"; http.createServer((_, response) => response.end("hello")).listen(process.argv[2]);',
  );
  writeFileSync(
    join(folder, "express.mjs"),
    'import express from "express"; express().get("/", (_, response) => response.send("hello")).listen(process.argv[2]);',
  );
  const node = (name: string, file: string): Program => ({
    name,
    cwd: folder,
    command: (port) => [process.execPath, "--watch", file, String(port)],
  });
  const plain = node("node --watch, node:http", "http.mjs");
  if (!isInstalled("express")) return [plain];
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return [plain, node("node --watch, Express", "express.mjs")];
}

function isInstalled(name: string): boolean {
  try {
    createRequire(join(ROOT, "package.json")).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function django(): Program[] {
  const python = process.env.PYTHON ?? "python3";
  try {
    execFileSync(python, ["-m", "django", "startproject", "mysite", folder], { stdio: "ignore" });
  } catch {
    return [];
  }
  return [
    {
      name: "Django runserver",
      cwd: folder,
      command: (port) => [python, "manage.py", "runserver", String(port)],
    },
  ];
}

/** Milliseconds from the start of the process to the end of the first answer with status 200. */
async function timeStart(program: Program): Promise<number> {
  const port = await freePort();
  const [file = "", ...args] = program.command(port);
  const start = performance.now();
  const child = spawn(file, args, {
    cwd: program.cwd,
    env: { ...process.env, ...program.env?.() },
    stdio: "ignore",
    // A group of its own: some of these leave children behind.
    detached: true,
  });
  try {
    await firstAnswer(port, start + TIMEOUT, program.name);
    return performance.now() - start;
  } finally {
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const exited = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  await exited;
}

async function firstAnswer(port: number, deadline: number, name: string): Promise<void> {
  while (!(await answers(port))) {
    if (performance.now() > deadline) throw new Error(`${name} did not answer in time`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, "127.0.0.1", () =>
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
  );
  let text = "";
  socket.on("data", (chunk) => (text += chunk.toString("latin1")));
  socket.on("error", () => resolve(false));
  socket.on("close", () => resolve(/^HTTP\/1\.\d 200 /.test(text)));
  return await promise;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
