import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FinProbe, type ProbedSink } from "../../../devserver/wsgiserver/fin-probe.ts";

class Sink implements ProbedSink {
  closed = false;
  drained = true;
  written = "";
  fin: () => void = () => undefined;

  write(data: Uint8Array): void {
    this.written += String(data);
  }

  onFin(listener: () => void): Disposable {
    this.fin = listener;
    return { [Symbol.dispose]: () => (this.fin = () => undefined) };
  }
}

describe("FinProbe", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("sends nothing while the client may still ask", () => {
    const sink = new Sink();
    using _probe = new FinProbe(sink);

    vi.advanceTimersByTime(3_600_000);

    expect(sink.written).toBe("");
  });

  test("sends two zeros soon after a FIN, and only a few more ever", () => {
    const sink = new Sink();
    using _probe = new FinProbe(sink);

    sink.fin();
    const atOnce = sink.written;
    vi.advanceTimersByTime(50);
    const soon = sink.written;
    vi.advanceTimersByTime(3_600_000);

    expect([atOnce, soon, sink.written]).toEqual(["", "00", "0".repeat(11)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("sends nothing while something is on its way already", () => {
    const sink = new Sink();
    using _probe = new FinProbe(sink);
    sink.drained = false;

    sink.fin();
    vi.advanceTimersByTime(20);

    expect(sink.written).toBe("");
  });

  test.each<[what: string, end: (sink: Sink, probe: FinProbe) => void]>([
    ["once the connection is closed", (sink) => (sink.closed = true)],
    ["once it is disposed", (_, probe) => probe[Symbol.dispose]()],
  ])("stops %s", (_, end) => {
    const sink = new Sink();
    using probe = new FinProbe(sink);
    sink.fin();

    end(sink, probe);
    vi.advanceTimersByTime(3_600_000);

    expect([sink.written, vi.getTimerCount()]).toEqual(["", 0]);
  });
});
