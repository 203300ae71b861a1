/**
 * `npm run benchmark`: hello world through the whole default stack, and through the bare WSGI server,
 * against plain `node:http` and Fastify, in one interleaved run; and what middleware costs, by subtraction.
 *
 * Each contender is a process of its own, loaded over loopback by `load.ts`; rounds alternate between them, so
 * that a busy moment of the machine hits all alike. What counts is the ratio; the absolute figures
 * are the machine's. Options: `-- ROUNDS SECONDS CONNECTIONS` (default 7 3 64).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DEFAULT_MIDDLEWARE } from "./default-middleware.ts";
import { load } from "./load.ts";
import { measureMiddleware } from "./middleware-cost.ts";

const CONTENDERS: readonly { name: string; file: string; argument?: string }[] = [
  { name: "node:http", file: "hello-node-http.ts" },
  { name: "bare WSGI application", file: "hello-wsgi.ts" },
  { name: "default stack", file: "hello-default-stack.ts" },
  { name: "full middleware", file: "hello-default-stack.ts", argument: "full" },
  { name: "Fastify", file: "hello-fastify.ts" },
  { name: "Fastify with its log", file: "hello-fastify.ts", argument: "log" },
  { name: "plain net, no parsing", file: "hello-net.ts" },
];

const [rounds = 7, seconds = 3, connections = 64] = process.argv.slice(2).map(Number);

interface Contender {
  readonly name: string;
  readonly child: ChildProcess;
  readonly port: number;
  readonly perSecond: number[];
}

/** Starts a contender; it prints the port that it listens on. */
async function start(name: string, file: string, argument = ""): Promise<Contender> {
  const args = ["--conditions=source", join(import.meta.dirname, file)];
  const child = spawn(process.execPath, argument === "" ? args : [...args, argument], {
    // The access log is written as in real use, but to nowhere, so that no terminal is measured.
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (child.stdout === null) throw new Error("no output to read the port from");
  const [port] = await once(child.stdout, "data");
  return { name, child, port: Number(port), perSecond: [] };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const contenders = await Promise.all(
  CONTENDERS.map(({ name, file, argument }) => start(name, file, argument)),
);
try {
  for (const { port } of contenders) await load({ port, connections, seconds: 2 });
  for (let round = 0; round < rounds; round++) {
    for (const { port, perSecond } of contenders)
      perSecond.push(await load({ port, connections, seconds }));
  }
} finally {
  for (const { child } of contenders) child.kill();
}

const [baseline] = contenders;
console.log(
  `Node ${process.versions.node}; ${rounds} rounds of ${seconds} s, ${connections} connections; medians\n`,
);
for (const { name, perSecond } of contenders) {
  // Ratios are taken round by round: neighbours in time saw the same machine.
  const ratios = perSecond.map(
    (value, round) => value / (baseline?.perSecond[round] ?? Number.NaN),
  );
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(
    `${name.padEnd(22)} ${Math.round(median(perSecond)).toLocaleString("en").padStart(8)} requests/s   ` +
      `${median(ratios).toFixed(2)} x node:http (${range})`,
  );
}

const cost = await measureMiddleware(DEFAULT_MIDDLEWARE);
console.log(
  `\n${DEFAULT_MIDDLEWARE.length} default middlewares: ${(cost.with - cost.without).toFixed(2)} µs per request ` +
    `(${cost.with.toFixed(2)} with them, ${cost.without.toFixed(2)} without; in process, no socket)`,
);
