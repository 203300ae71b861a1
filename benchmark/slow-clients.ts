/**
 * `npm run benchmark:slow-clients`: 1,000 clients that send one byte a second, and honest ones among them.
 *
 * A third dribbles a head, a third a body, a third asks once and then keeps its connection idle. All time-outs of the
 * server are lowered to PATIENCE, so that every dribbler meets one; what each of them got is counted.
 * Plain `node:http` with the same time-outs goes through the same.
 * Options: `-- CLIENTS PATIENCE` (default 1000, and 5000 milliseconds).
 */
import type { Socket } from "node:net";
import { connect, HonestClients, requestHead, sleep } from "./probe/client.ts";
import { median, milliseconds, quantile, table } from "./probe/figures.ts";
import { ProbedServer } from "./probe/parent.ts";

const [clients = 1000, patience = 5000] = process.argv.slice(2).map(Number);
/** What is still open after this is counted as such. */
const longest = patience * 3;

interface Dribbler {
  readonly name: string;
  /** Sent at once. */
  readonly start: string;
  /** Sent byte by byte. */
  readonly rest: string;
}

const KINDS: readonly Dribbler[] = [
  { name: "dribbled head", start: "", rest: requestHead("GET", "/", `X: ${"x".repeat(500)}`) },
  {
    name: "dribbled body",
    start: requestHead("POST", "/upload", "Content-Length: 1000"),
    rest: "x".repeat(1000),
  },
  { name: "idle", start: requestHead("GET", "/"), rest: "" },
];

interface Ending {
  readonly kind: string;
  readonly after: number;
}

/** What becomes of one dribbler. */
async function dribble(port: number, { start, rest }: Dribbler): Promise<Ending> {
  const socket = await connect(port);
  const begun = performance.now();
  let received = "";
  socket.setEncoding("latin1");
  socket.on("data", (text) => (received += String(text)));
  const { promise: closed, resolve } = Promise.withResolvers<boolean>();
  socket.once("end", () => resolve(true));
  socket.once("close", () => resolve(true));
  const timer = setTimeout(() => resolve(false), longest);
  const dribbling = sendSlowly(socket, start, rest);
  const isClosed = await closed;
  clearTimeout(timer);
  clearInterval(dribbling);
  socket.destroy();
  const after = performance.now() - begun;
  return { kind: isClosed ? describe(received) : "still open", after };
}

function sendSlowly(socket: Socket, start: string, rest: string): NodeJS.Timeout {
  if (start !== "") socket.write(start);
  let sent = 0;
  return setInterval(() => {
    if (sent < rest.length && socket.writable) socket.write(rest.charAt(sent));
    sent += 1;
  }, 1000);
}

function describe(received: string): string {
  const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
  const last = statuses.at(-1);
  return last === undefined || last === "200" ? "closed silently" : `${last}, closed`;
}

async function honestOnly(port: number): Promise<readonly number[]> {
  await using honest = new HonestClients(port, 20);
  await sleep(2000);
  return honest.times;
}

async function probe(server: ProbedServer): Promise<void> {
  await honestOnly(server.port);
  const before = await honestOnly(server.port);
  const endings = new Map<string, Promise<Ending>[]>();
  let honestTimes: readonly number[] = [];
  {
    await using honest = new HonestClients(server.port, 20);
    honestTimes = honest.times;
    for (let index = 0; index < clients; index++) {
      const kind = KINDS[index % KINDS.length];
      if (kind === undefined) continue;
      const sofar = endings.get(kind.name) ?? [];
      endings.set(kind.name, [...sofar, dribble(server.port, kind)]);
      // Spread over a second: bytes come all the time, not in one burst.
      if (index % 10 === 9) await sleep(10_000 / clients);
    }
    await Promise.all([...endings.values()].flat());
  }
  console.log(server.name);
  for (const [name, waiting] of endings)
    console.log(`  ${name}: ${summary(await Promise.all(waiting))}`);
  const rows = [
    ["  honest clients", "median", "99 of 100", "worst"],
    ["  alone", ...times(before)],
    [`  among ${clients}`, ...times(honestTimes)],
  ];
  console.log(`${table(rows)}\n`);
}

function times(values: readonly number[]): string[] {
  return [median(values), quantile(values, 0.99), quantile(values, 1)].map(milliseconds);
}

function summary(endings: readonly Ending[]): string {
  const groups = Map.groupBy(endings, ({ kind }) => kind);
  return [...groups]
    .map(([kind, group]) => {
      const seconds = group.map(({ after }) => after / 1000);
      const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
      return `${group.length} ${kind} after ${least.toFixed(1)} to ${most.toFixed(1)} s`;
    })
    .join("; ");
}

console.log(`Node ${process.versions.node}; every time-out ${patience} ms\n`);
for (const [name, file] of [
  ["node:http", "node-http.ts"],
  ["minorswing", "wsgi.ts"],
] as const) {
  await using server = await ProbedServer.start(name, file, "", String(patience));
  await probe(server);
}
