/**
 * `npm run benchmark:large-bodies`: bodies of 1 GiB both ways, through views, generators and `wsgi.file_wrapper`,
 * against plain `node:http` in one interleaved run.
 *
 * Each server is a process of its own, the clients are this one. Printed are the rate as a ratio, the peak of the
 * server's resident memory above what it had before, and how long honest clients waited meanwhile; then
 * what a client costs that reads no more, and how soon a body ends whose client goes away.
 * Options: `-- ROUNDS MEBIBYTES` (default 3 1024).
 */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  download,
  FORM,
  HonestClients,
  readSome,
  sleep,
  upload,
  uploadFor,
} from "./probe/client.ts";
import { median, mebibytes, milliseconds, quantile, spread, table } from "./probe/figures.ts";
import { ProbedServer } from "./probe/parent.ts";

const [rounds = 3, mebi = 1024] = process.argv.slice(2).map(Number);
const size = mebi * 2 ** 20;

const TRANSFERS: readonly (readonly [name: string, run: (port: number) => Promise<void>])[] = [
  ["upload, read in chunks", uploadOnce],
  ["upload of a form, file to disk", saveOnce],
  ["download, file", (port) => downloadOnce(port, "/file")],
  ["download, generator", (port) => downloadOnce(port, `/generator?size=${size}`)],
  ["download, async generator", (port) => downloadOnce(port, `/async?size=${size}`)],
];

async function uploadOnce(port: number): Promise<void> {
  const answer = await upload(port, "/upload", size);
  if (!answer.includes(String(size))) throw new Error(`the upload got ${answer}`);
}

/** `node:http` writes the body as it is, form and all; a view gets the file out of it. */
async function saveOnce(port: number): Promise<void> {
  const answer = await upload(port, "/save", size, FORM);
  const saved = Number(answer.split("\r\n\r\n")[1]?.match(/\d{3,}/)?.[0]);
  if (saved !== size && saved !== FORM.before.length + size + FORM.after.length)
    throw new Error(`the upload got ${answer}`);
}

async function downloadOnce(port: number, path: string): Promise<void> {
  const bytes = await download(port, path);
  if (bytes < size) throw new Error(`${path} sent ${bytes} bytes`);
}

interface Result {
  /** Bytes a second. */
  readonly rate: number;
  /** Bytes of memory. */
  readonly growth: number;
  readonly honest: readonly number[];
}

async function measure(
  server: ProbedServer,
  run: (port: number) => Promise<void>,
): Promise<Result> {
  const before = await server.collect();
  const start = performance.now();
  let honest: readonly number[] = [];
  {
    await using clients = new HonestClients(server.port, 20);
    honest = clients.times;
    await run(server.port);
  }
  const seconds = (performance.now() - start) / 1000;
  const after = await server.report();
  return { rate: size / seconds, growth: after.memory.peak - before.memory.rss, honest };
}

async function compareTransfers(servers: readonly ProbedServer[]): Promise<void> {
  const rows = [["", "", "rate", "peak memory", "honest client, median and worst"]];
  for (const [name, run] of TRANSFERS) {
    const results = servers.map((): Result[] => []);
    // The first round makes files and code warm; only what it costs in memory is taken.
    for (let round = 0; round <= rounds; round++) {
      for (const [index, server] of servers.entries())
        results[index]?.push(await measure(server, run));
    }
    const baseline = results[0]?.slice(1).map(({ rate }) => rate) ?? [];
    for (const [index, server] of servers.entries()) {
      const own = results[index] ?? [];
      const honest = own.flatMap((result) => result.honest);
      const ratios = own.slice(1).map(({ rate }, round) => rate / (baseline[round] ?? Number.NaN));
      rows.push([
        name,
        server.name,
        `${spread(ratios, (ratio) => ratio.toFixed(2))} x`,
        `+${mebibytes(Math.max(...own.map(({ growth }) => growth)))}`,
        `${milliseconds(median(honest))}, ${milliseconds(quantile(honest, 1))}`,
      ]);
    }
  }
  console.log(`${table(rows)}\n`);
}

/** Clients that read 1 MiB and then nothing for two seconds. */
async function stopReading(
  servers: readonly ProbedServer[],
  paths: readonly string[],
): Promise<void> {
  const clients = 50;
  const rows = [["", "", "memory a client", "made a client", "made while nobody read"]];
  for (const path of paths) {
    for (const server of servers) {
      const before = await server.collect();
      const sockets = await Promise.all(
        Array.from({ length: clients }, () => readSome(server.port, path, 2 ** 20)),
      );
      await sleep(1000);
      const stopped = await server.collect();
      await sleep(2000);
      const { memory, produced } = await server.collect();
      for (const socket of sockets) socket.resetAndDestroy();
      await sleep(200);
      rows.push([
        path.replace(/\?.*/, ""),
        server.name,
        mebibytes((memory.peak - before.memory.rss) / clients),
        mebibytes((produced - before.produced) / clients),
        mebibytes(produced - stopped.produced),
      ]);
    }
  }
  console.log(`${clients} clients that read 1 MiB and then no more:\n${table(rows)}\n`);
}

/** Clients that send to a view that takes one piece, and then nothing for longer than they wait. */
async function takeNoMore(servers: readonly ProbedServer[]): Promise<void> {
  const clients = 50;
  const rows = [["", "memory a client", "taken of a client"]];
  for (const server of servers) {
    const before = await server.collect();
    const uploads = Array.from({ length: clients }, () => uploadFor(server.port, "/hold", 2000));
    await sleep(1500);
    const { memory } = await server.collect();
    const taken = median(await Promise.all(uploads));
    rows.push([
      server.name,
      mebibytes((memory.rss - before.memory.rss) / clients),
      mebibytes(taken),
    ]);
  }
  console.log(`${clients} clients that send to a view that reads no more:\n${table(rows)}\n`);
}

/** How long after the client's RST or FIN the body is ended. */
async function goAway(servers: readonly ProbedServer[], paths: readonly string[]): Promise<void> {
  const rows = [["", "", "after RST, median and worst", "after FIN, median and worst"]];
  for (const path of paths) {
    for (const server of servers) {
      const cells = [];
      for (const way of ["RST", "FIN"] as const)
        cells.push(await timesOfLeaving(server, path, way));
      rows.push([path.replace(/\?.*/, ""), server.name, ...cells]);
    }
  }
  console.log(`A client that goes away ends the body:\n${table(rows)}`);
}

async function timesOfLeaving(
  server: ProbedServer,
  path: string,
  way: "RST" | "FIN",
): Promise<string> {
  const times: number[] = [];
  const patience = 2000;
  for (let count = 0; count < 10; count++) {
    const socket = await readSome(server.port, path, path === "/silent" ? 5 : 2 ** 20);
    const ended = server.whenEnded(path.replace(/\?.*/, ""), patience);
    const start = performance.now();
    if (way === "RST") socket.resetAndDestroy();
    else socket.destroy();
    if (!(await ended)) return `not within ${patience} ms`;
    times.push(performance.now() - start);
  }
  return `${milliseconds(median(times))}, ${milliseconds(quantile(times, 1))}`;
}

const folder = await mkdtemp(join(tmpdir(), "large-bodies-"));
try {
  const file = join(folder, "large");
  {
    await using handle = await open(file, "w");
    await handle.truncate(size);
  }
  await using yardstick = await ProbedServer.start("node:http", "node-http.ts", file);
  await using ours = await ProbedServer.start("minorswing", "wsgi.ts", file);
  const servers = [yardstick, ours];
  console.log(`Node ${process.versions.node}; ${rounds} rounds of ${mebi} MiB\n`);
  await compareTransfers(servers);
  const endless = 2 ** 40;
  const paths = ["/file", `/generator?size=${endless}`, `/async?size=${endless}`];
  await stopReading(servers, paths);
  await takeNoMore(servers);
  await goAway(servers, [...paths, "/silent"]);
} finally {
  await rm(folder, { recursive: true });
}
