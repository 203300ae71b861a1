import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { COARSENESS, coarseNow } from "../../../devserver/socketserver/coarse-clock.ts";

describe("coarseNow", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is the time, at most a little behind, and stops while nobody asks", () => {
    vi.setSystemTime(1_000_000);
    const first = coarseNow();
    vi.setSystemTime(1_000_050);
    const soon = coarseNow();
    vi.advanceTimersByTime(COARSENESS);
    const later = coarseNow();
    vi.advanceTimersByTime(10 * COARSENESS);
    const timers = vi.getTimerCount();
    vi.setSystemTime(2_000_000);

    expect([first, soon, later]).toEqual([1_000_000, 1_000_000, 1_000_150]);
    expect(timers).toBe(0);
    expect(coarseNow()).toBe(2_000_000);
  });
});
