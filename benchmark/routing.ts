/**
 * `npm run benchmark:routing`: what it costs to resolve the path of the last of 10 … 10,000 patterns, and to reverse a
 * name, against find-my-way, Hono's routers, Express's router and Django's algorithm, in one interleaved run.
 *
 * Every look-up gets a string of its own, made from bytes as a server makes it, so that nobody profits from a hash
 * that was computed before. Rounds alternate between routers and sizes; printed are medians. What counts are the
 * ratios, which are medians too, of times of the same round. Options: `-- ROUNDS [ROUTER …]` (default 60, all).
 */
import { include, path, URLResolver } from "minorswing/urls";
import { CONTENDERS, type Contender, type Resolve } from "./routing/contenders.ts";
import { type Kind, KIND_NAMES, makeSite, type Site, SIZES } from "./routing/sites.ts";

const [roundsGiven, ...only] = process.argv.slice(2);
const rounds = Number(roundsGiven ?? 60);
/** Look-ups in a row: a few milliseconds, so that what disturbs the machine hits neighbours alike. */
const BATCH = 5000;
/** A router that tries one pattern after another gets fewer, and in every tenth round only. */
const LINEAR_WORK = 300_000;

interface Lane {
  readonly contender: Contender;
  readonly site: Site;
  readonly resolve: Resolve;
  readonly batch: number;
  /** Nanoseconds for one look-up, by round. */
  readonly times: Map<number, number>;
}

function makeLane(contender: Contender, site: Site): Lane | undefined {
  try {
    const resolve = contender.make(site);
    // Some routers are built by the first look-up, and may refuse only then.
    if (resolve(site.lastPath(0)) === undefined) return undefined;
    const batch = contender.isLinear === true ? Math.min(BATCH, LINEAR_WORK / site.size) : BATCH;
    return { contender, site, resolve, batch, times: new Map() };
  } catch {
    return undefined;
  }
}

/** Paths as strings that nobody has seen before. */
function freshPaths(site: Site, count: number): string[] {
  return Array.from({ length: count }, (_, turn) =>
    Buffer.from(site.lastPath(turn), "latin1").toString("latin1"),
  );
}

async function timeBatch({ site, resolve, batch, times }: Lane, round: number): Promise<void> {
  const paths = freshPaths(site, batch);
  let found = 0;
  const start = process.hrtime.bigint();
  for (const url of paths) {
    const answer = resolve(url);
    if (answer instanceof Promise) await answer;
    if (answer !== undefined) found++;
  }
  const took = Number(process.hrtime.bigint() - start);
  if (found !== batch) throw new Error(`only ${found} of ${batch} paths were found`);
  times.set(round, took / batch);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** All routers with sites of all sizes, interleaved. A router that cannot hold a site is missing. */
async function measure(kind: Kind, shape: "flat" | "nested"): Promise<readonly Lane[]> {
  const lanes = SIZES.flatMap((size) => {
    const site = makeSite(kind, shape, size);
    return CONTENDERS.filter(({ name }) => only.length === 0 || only.includes(name)).flatMap(
      (contender) => makeLane(contender, site) ?? [],
    );
  });
  for (let round = 0; round < rounds; round++) {
    for (const lane of lanes)
      if (lane.contender.isLinear !== true || round % 10 === 0) await timeBatch(lane, round);
  }
  return lanes;
}

/** Rounds in which the engine has seen the code before. */
function warm({ times }: Lane): [round: number, time: number][] {
  return [...times].slice(Math.min(10, Math.ceil(times.size / 6)));
}

/** How many times as long `lane` took as `other` did in the same round: the median. */
function ratio(lane: Lane | undefined, other: Lane | undefined): number {
  if (lane === undefined || other === undefined) return Number.NaN;
  return median(warm(lane).map(([round, time]) => time / (other.times.get(round) ?? Number.NaN)));
}

function format(lane: Lane | undefined): string {
  if (lane === undefined) return "–";
  const nanoseconds = median(warm(lane).map(([, time]) => time));
  return nanoseconds < 10_000
    ? `${Math.round(nanoseconds)} ns`
    : `${Math.round(nanoseconds / 1000)} µs`;
}

async function compare(kind: Kind, shape: "flat" | "nested"): Promise<void> {
  const lanes = await measure(kind, shape);
  const find = (name: string, size: number): Lane | undefined =>
    lanes.find(({ contender, site }) => contender.name === name && site.size === size);
  const [smallest, , , largest] = SIZES;
  const sizes = SIZES.map((size) => size.toLocaleString("en"));
  console.log(`\n### ${kind.replace(/^./, (first) => first.toUpperCase())}, ${shape}\n`);
  console.log(`| router | ${sizes.join(" | ")} | 10,000 to 10 | to minorswing |`);
  console.log(`| --- |${" --- |".repeat(sizes.length + 2)}`);
  for (const { name } of CONTENDERS) {
    const row = SIZES.map((size) => find(name, size));
    const factors = row.map((lane, index) =>
      fixed(ratio(lane, find("minorswing", SIZES[index] ?? 0))),
    );
    const growth = fixed(ratio(find(name, largest), find(name, smallest)));
    console.log(`| ${[name, ...row.map(format), growth, factors.join(" / ")].join(" | ")} |`);
  }
}

function fixed(factor: number): string {
  if (Number.isNaN(factor)) return "–";
  return factor < 100 ? factor.toFixed(2) : String(Math.round(factor));
}

/** Names reversed in a second: the last of `size`, with two parameters. */
function reversesPerSecond(size: number): number {
  const view = (): void => undefined;
  const patterns = Array.from({ length: size }, (_, index) =>
    path(`page${index}/<int:id>/<slug:title>/`, view, { name: `page-${index}` }),
  );
  const resolver = new URLResolver([path("section/", include(patterns, { namespace: "section" }))]);
  const name = `section:page-${size - 1}`;
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    let length = 0;
    for (let turn = 0; turn < BATCH; turn++)
      length += resolver.reverse(name, { id: turn, title: "some-title" }).length;
    if (length < BATCH) throw new Error("nothing was reversed");
    times.push(Number(process.hrtime.bigint() - start) / BATCH);
  }
  return 1e9 / median(times.slice(Math.ceil(rounds / 6)));
}

console.log(`Node ${process.versions.node}; ${rounds} rounds; medians`);
for (const kind of KIND_NAMES)
  for (const shape of ["flat", "nested"] as const) await compare(kind, shape);
console.log("\n### reverse(name, { id, title })\n\n| names | reverses a second |\n| --- | --- |");
for (const size of SIZES) {
  const rate = Math.round(reversesPerSecond(size)).toLocaleString("en");
  console.log(`| ${size.toLocaleString("en")} | ${rate} |`);
}
