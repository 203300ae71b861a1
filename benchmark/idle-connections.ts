/**
 * `npm run benchmark:idle-connections`: what an idle keep-alive connection costs, against plain `node:http`.
 *
 * Each server is a process of its own. Its clients, this process, ask once with a head as browsers send it,
 * and then keep their connections. Memory is taken after garbage collection, before and with the connections, and divided.
 * Options: `-- ROUNDS CONNECTIONS` (default 3 10000). Both sides need a descriptor for each connection (`ulimit -n`).
 */
import { execFileSync } from "node:child_process";
import type { Socket } from "node:net";
import { connect, requestHead, sleep } from "./probe/client.ts";
import { kibibytes, median, spread, table } from "./probe/figures.ts";
import { ProbedServer } from "./probe/parent.ts";

const [rounds = 3, connections = 10_000] = process.argv.slice(2).map(Number);

/** About 600 bytes. */
const REQUEST = requestHead(
  "GET",
  "/",
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Accept-Language: en-GB,en;q=0.8,de;q=0.5",
  "Accept-Encoding: gzip, deflate, br, zstd",
  "Connection: keep-alive",
  `Cookie: csrftoken=${"c".repeat(32)}; sessionid=${"s".repeat(32)}`,
  "Upgrade-Insecure-Requests: 1",
  "Sec-Fetch-Dest: document",
  "Sec-Fetch-Mode: navigate",
  "Sec-Fetch-Site: none",
  "Sec-Fetch-User: ?1",
  "Priority: u=0, i",
);

interface Cost {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Connects, asks, and waits for the answer. */
async function keepConnection(port: number): Promise<Socket> {
  const socket = await connect(port);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("close", () => reject(new Error("an idle connection was closed")));
  socket.once("data", () => resolve());
  socket.write(REQUEST);
  await promise;
  return socket;
}

async function keepConnections(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const batch = Math.min(100, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: batch }, () => keepConnection(port)))));
  }
  return sockets;
}

/** One server, from its start to its end. */
async function measure(name: string, file: string): Promise<Cost> {
  await using server = await ProbedServer.start(name, file);
  // The first ones make the code hot, and what is made once.
  for (const socket of await keepConnections(server.port, 1000)) socket.destroy();
  await sleep(500);
  const { memory: before } = await server.collect();
  const sockets = await keepConnections(server.port, connections);
  await sleep(500);
  const { memory: after } = await server.collect();
  for (const socket of sockets) socket.destroy();
  return {
    rss: (after.rss - before.rss) / connections,
    heapUsed: (after.heapUsed - before.heapUsed) / connections,
    external: (after.external - before.external) / connections,
  };
}

const limit = execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim();
if (limit !== "unlimited" && Number(limit) < connections + 100)
  throw new Error(`ulimit -n is ${limit}; ${connections} connections need more`);

const servers = [
  { name: "node:http", file: "node-http.ts", costs: Array<Cost>() },
  { name: "minorswing", file: "wsgi.ts", costs: Array<Cost>() },
];

for (let round = 0; round < rounds; round++) {
  for (const { name, file, costs } of servers) costs.push(await measure(name, file));
}

console.log(
  `Node ${process.versions.node}; ${rounds} rounds of ${connections} idle connections; medians\n`,
);
const yardstick = median(servers[0]?.costs.map(({ rss }) => rss) ?? []);
const rows = servers.map(({ name, costs }) => [
  name,
  spread(
    costs.map(({ rss }) => rss),
    kibibytes,
  ),
  kibibytes(median(costs.map(({ heapUsed }) => heapUsed))),
  kibibytes(median(costs.map(({ external }) => external))),
  `${(median(costs.map(({ rss }) => rss)) / yardstick).toFixed(2)} x node:http`,
]);
console.log(table([["a connection", "resident", "heap", "outside the heap", ""], ...rows]));
