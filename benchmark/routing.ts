/**
 * `npm run benchmark:routing`: what it costs to resolve the path of the last of 10 … 10,000 patterns, and to reverse a
 * name, against find-my-way, Hono's routers, Express's router and Django's algorithm, in one interleaved run.
 *
 * Every look-up gets a string of its own, made from bytes as a server makes it, so that nobody profits from a hash
 * that was computed before. Rounds alternate between the routers; printed are medians. What counts are the
 * ratios. Option: `-- ROUNDS` (default 15).
 */
import { include, path, URLResolver } from "minorswing/urls";
import { CONTENDERS, type Contender, type Resolve } from "./routing/contenders.ts";
import { type Kind, KIND_NAMES, makeSite, type Site, SIZES } from "./routing/sites.ts";

const [roundsGiven, ...only] = process.argv.slice(2);
const rounds = Number(roundsGiven ?? 15);
/** Look-ups in a row. */
const BATCH = 20_000;
/** A router that tries one pattern after another gets fewer, so that a batch stays near 20 ms. */
const LINEAR_WORK = 2_000_000;

interface Lane {
  readonly contender: Contender;
  readonly resolve: Resolve;
  readonly batch: number;
  /** Nanoseconds for one look-up, round after round. */
  readonly times: number[];
}

function makeLane(contender: Contender, site: Site): Lane | undefined {
  try {
    const resolve = contender.make(site);
    // Some routers are built by the first look-up, and may refuse only then.
    if (resolve(site.lastPath(0)) === undefined) return undefined;
    const batch = contender.isLinear === true ? Math.min(BATCH, LINEAR_WORK / site.size) : BATCH;
    return { contender, resolve, batch, times: [] };
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

async function timeBatch({ resolve, batch, times }: Lane, site: Site): Promise<void> {
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
  times.push(took / batch);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median nanoseconds by the name of the router; a router that cannot hold the site is missing. */
async function measure(site: Site): Promise<Map<string, number>> {
  const lanes = CONTENDERS.filter((c) => only.length === 0 || only.includes(c.name)).flatMap(
    (contender) => makeLane(contender, site) ?? [],
  );
  for (let round = 0; round < rounds; round++) {
    for (const lane of lanes) await timeBatch(lane, site);
  }
  // The first rounds are those of an engine that has not seen the code yet.
  return new Map(
    lanes.map(({ contender, times }) => [
      contender.name,
      median(times.slice(Math.min(3, rounds - 1))),
    ]),
  );
}

function format(nanoseconds: number | undefined): string {
  if (nanoseconds === undefined) return "–";
  return nanoseconds < 10_000
    ? `${Math.round(nanoseconds)} ns`
    : `${Math.round(nanoseconds / 1000)} µs`;
}

async function compare(kind: Kind, shape: "flat" | "nested"): Promise<void> {
  const results: Map<string, number>[] = [];
  for (const size of SIZES) results.push(await measure(makeSite(kind, shape, size)));
  const sizes = SIZES.map((size) => size.toLocaleString("en"));
  console.log(`\n### ${kind.replace(/^./, (first) => first.toUpperCase())}, ${shape}\n`);
  console.log(`| router | ${sizes.join(" | ")} | 10,000 to 10 | minorswing is faster by |`);
  console.log(`| --- |${" --- |".repeat(sizes.length + 2)}`);
  for (const { name } of CONTENDERS) {
    const times = results.map((result) => result.get(name));
    const growth = (times.at(-1) ?? Number.NaN) / (times[0] ?? Number.NaN);
    const factors = results.map(
      (result) => (result.get(name) ?? Number.NaN) / (result.get("minorswing") ?? Number.NaN),
    );
    const row = [name, ...times.map(format), fixed(growth), factors.map(fixed).join(" / ")];
    console.log(`| ${row.join(" | ")} |`);
  }
}

function fixed(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return ratio < 100 ? ratio.toFixed(2) : String(Math.round(ratio));
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
  return 1e9 / median(times.slice(Math.min(3, rounds - 1)));
}

console.log(`Node ${process.versions.node}; ${rounds} rounds; medians`);
for (const kind of KIND_NAMES)
  for (const shape of ["flat", "nested"] as const) await compare(kind, shape);
console.log("\n### reverse(name, { id, title })\n\n| names | reverses a second |\n| --- | --- |");
for (const size of SIZES) {
  const rate = Math.round(reversesPerSecond(size)).toLocaleString("en");
  console.log(`| ${size.toLocaleString("en")} | ${rate} |`);
}
