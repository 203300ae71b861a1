/**
 * `npm run benchmark:reload`: how long from a save to the first answer of the new code, and what requests suffer meanwhile.
 *
 * Two loops open a new connection for each request; eight connections are kept and send eight requests at once. Every
 * second save finds a slow request in flight. Compared with `node --watch`, `tsx watch` and Django's runserver, as far as
 * they are installed. Options: `-- SAVES PEER_SAVES` (default 100 15). Times in milliseconds.
 */
import { sleep } from "./probe/client.ts";
import { type Contender, CONTENDERS, RunningContender } from "./probe/contenders.ts";
import { median, milliseconds, quantile, table } from "./probe/figures.ts";
import { Client, type Outcome, Traffic } from "./probe/traffic.ts";

const [saves = 100, peerSaves = 15] = process.argv.slice(2).map(Number);
/** Between two saves, so that each finds a server at rest: nobody saves faster. */
const PAUSE = 500;
const PATIENCE = 15_000;
const KEPT_CONNECTIONS = 8;

interface Result extends Outcome {
  readonly alone: readonly number[];
  readonly besideSlow: readonly number[];
  readonly slowLost: number;
}

async function measure(contender: Contender, count: number): Promise<Result> {
  await using server = await RunningContender.start(contender);
  await using traffic = new Traffic(server.port, KEPT_CONNECTIONS);
  const alone: number[] = [];
  const besideSlow: number[] = [];
  let slowLost = 0;
  await sleep(PAUSE);
  for (let generation = 2; generation < count + 2; generation += 1) {
    const slow = generation % 2 === 0 ? undefined : askSlowly(server.port);
    if (slow !== undefined) await sleep(50);
    const seen = traffic.untilGeneration(generation, PATIENCE);
    const start = performance.now();
    await server.save(generation);
    await seen;
    (slow === undefined ? alone : besideSlow).push(performance.now() - start);
    if (slow !== undefined && (await slow) !== `${generation - 1} slow`) slowLost += 1;
    await sleep(PAUSE);
  }
  return { alone, besideSlow, slowLost, ...traffic.outcome };
}

async function askSlowly(port: number): Promise<unknown> {
  const client = new Client(port);
  client.send("GET /slow/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  const answer = await client.answer();
  client.end();
  return answer;
}

function describe(times: readonly number[]): string {
  const [middle, high, worst] = [median(times), quantile(times, 0.99), Math.max(...times)];
  return [middle, high, worst].map(milliseconds).join(", ");
}

const rows = [
  [
    "",
    "save to new code: median, p99, worst",
    "beside a slow request",
    "requests",
    "refused",
    "cut",
    "wrong",
    "slow lost",
  ],
];
console.log(`Node ${process.versions.node}; ${saves} saves, of the others ${peerSaves}\n`);
for (const contender of CONTENDERS) {
  if (!contender.isInstalled) {
    rows.push([contender.name, "not installed"]);
    continue;
  }
  const count = contender === CONTENDERS[0] ? saves : peerSaves;
  const result = await measure(contender, count).catch((error: unknown) => String(error));
  if (typeof result === "string") {
    rows.push([contender.name, result]);
    continue;
  }
  rows.push([
    contender.name,
    describe(result.alone),
    describe(result.besideSlow),
    ...[result.answered, result.refused, result.cut, result.wrong, result.slowLost].map(String),
  ]);
}
console.log(table(rows));
