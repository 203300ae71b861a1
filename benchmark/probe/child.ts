/**
 * The server's side of a probe: tells the parent its port and how much memory it has, when asked.
 * Times in milliseconds, memory in bytes.
 */
export interface Memory {
  readonly rss: number;
  /** The largest resident memory since the last report, sampled. */
  readonly peak: number;
  readonly heapUsed: number;
  readonly external: number;
}

export type ChildMessage =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "memory"; readonly memory: Memory; readonly produced: number }
  /** A response body of this path was ended before its time. */
  | { readonly kind: "ended"; readonly path: string };

const SAMPLE_INTERVAL = 10;

let peak = 0;
let produced = 0;

/** Counts bytes that a body has made, sent or not. */
export function addProduced(bytes: number): void {
  produced += bytes;
}

export function tell(message: ChildMessage): void {
  process.send?.(message);
}

/** Call it when the server listens. The process ends with its parent. */
export function serveParent(port: number): void {
  setInterval(samplePeak, SAMPLE_INTERVAL).unref();
  process.on("message", (request) => report(request === "collect and report"));
  process.once("disconnect", () => process.exit(0));
  tell({ kind: "listening", port });
}

function report(collect: boolean): void {
  samplePeak();
  if (collect) {
    globalThis.gc?.();
    globalThis.gc?.();
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  tell({ kind: "memory", memory: { rss, peak, heapUsed, external }, produced });
  peak = rss;
}

function samplePeak(): void {
  peak = Math.max(peak, process.memoryUsage.rss());
}
