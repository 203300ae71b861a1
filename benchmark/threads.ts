/**
 * `npm run benchmark:threads`: how long a client waits while views compute in all threads but one.
 *
 * The same without threads is what the others are spared: there everybody waits for the view. Clients ask on new
 * connections and on one that was open before.
 * Options: `-- THREADS SECONDS` (default 4, and 2 seconds of computing).
 */
import type { Socket } from "node:net";
import { ThreadedWSGIServer } from "minorswing/devserver/wsgiserver";
import { connect, honestRequest, requestHead, sleep } from "./probe/client.ts";
import { milliseconds, median, quantile, table } from "./probe/figures.ts";
import { HERE } from "./probe/spin.ts";

const [threads = 4, seconds = 2] = process.argv.slice(2).map(Number);
const INTERVAL = 20;

await using server = await new ThreadedWSGIServer(["127.0.0.1", 0], {
  application: { module: HERE, export: "application" },
  threads,
  logger: { info() {}, warn() {}, error: console.error },
}).start();
void server.serveForever();
const port = server.serverPort;

/** Asks on `socket`, which stays open; the wait for the answer. */
async function askOn(socket: Socket): Promise<number> {
  const start = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once("data", () => resolve());
  socket.write(requestHead("GET", "/"));
  await promise;
  return performance.now() - start;
}

/** Waits of clients that ask one after another, on both kinds of connections, for so many milliseconds. */
async function measure(kept: Socket, duration: number): Promise<[number[], number[]]> {
  const [keptTimes, newTimes]: [number[], number[]] = [[], []];
  const end = performance.now() + duration;
  while (performance.now() < end) {
    keptTimes.push(await askOn(kept));
    newTimes.push(await honestRequest(port));
    await sleep(INTERVAL);
  }
  return [keptTimes, newTimes];
}

const kept = await connect(port);
for (let round = 0; round < threads * 10; round += 1) await askOn(kept);
const quiet = await measure(kept, seconds * 1000);

const spinners = await Promise.all(Array.from({ length: threads - 1 }, () => connect(port)));
for (const socket of spinners) socket.resume().write(requestHead("GET", `/?${seconds * 1000}`));
// All are at work by then, and none has ended when the last request is asked.
await sleep(200);
const busy = await measure(kept, seconds * 1000 - 400);
for (const socket of [kept, ...spinners]) socket.destroy();

const row = (name: string, times: readonly number[]): string[] => [
  name,
  String(times.length),
  milliseconds(median(times)),
  milliseconds(quantile(times, 0.99)),
  milliseconds(Math.max(...times)),
];
console.log(`Node ${process.versions.node}; ${threads} threads\n`);
console.log(
  table([
    ["threads that compute, connection", "requests", "median", "99 of 100", "worst"],
    row("none, kept", quiet[0]),
    row("none, new", quiet[1]),
    row(`${threads - 1}, kept`, busy[0]),
    row(`${threads - 1}, new`, busy[1]),
  ]),
);
