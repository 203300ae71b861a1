import { afterEach, describe, expect, test } from "vitest";
import { Signal } from "../../../framework/signals/signal.ts";
import { setLoggerSource } from "../../../framework/utils/logger.ts";
import { RecordingLogger } from "../../support/loggers.ts";

const bug = (): never => {
  throw new Error("bug");
};

/** Takes what signals log until the test is over. */
function recording(): RecordingLogger {
  const logger = new RecordingLogger();
  setLoggerSource((name) => {
    expect(name).toBe("minorswing.dispatch");
    return logger;
  });
  return logger;
}

afterEach(() => setLoggerSource(() => new RecordingLogger()));

describe("connecting", () => {
  test("each receiver once, and calls them in the order they connected", () => {
    const signal = new Signal<number>();
    const calls: string[] = [];
    const first = (n: number) => calls.push(`first ${n}`);
    signal.connect(first);
    signal.connect((n) => calls.push(`second ${n}`));
    signal.connect(first);

    signal.send(7);

    expect(calls).toEqual(["first 7", "second 7"]);
  });

  test("a receiver that disconnects is forgotten", () => {
    const signal = new Signal<number>();
    const receiver = () => undefined;
    const disconnect = signal.connect(receiver);

    disconnect();

    expect(signal.hasListeners).toBe(false);
    expect(signal.disconnect(receiver)).toBe(false);
  });

  test("what cannot be called is refused", () => {
    expect(() => new Signal<number>().connect(undefined as never)).toThrow(
      "Signal receivers must be callable.",
    );
  });

  test("a dispatchUid names a connection: the first one counts, and can be disconnected by it", () => {
    const signal = new Signal<number>();
    const calls: string[] = [];
    signal.connect(() => calls.push("first"), { dispatchUid: "polls" });
    signal.connect(() => calls.push("second"), { dispatchUid: "polls" });

    signal.send(1);

    expect(calls).toEqual(["first"]);
    expect(signal.disconnect("polls")).toBe(true);
    expect(signal.hasListeners).toBe(false);
  });

  test("once is for one event, also when that is sent again while it is sent", () => {
    const signal = new Signal<number>();
    const calls: number[] = [];
    signal.connect((n) => n === 1 && signal.send(2));
    signal.connect((n) => calls.push(n), { once: true });

    signal.send(1);
    signal.send(3);

    expect(calls).toEqual([2]);
  });

  test("while a signal is sent changes nothing for that sending", () => {
    const signal = new Signal<number>();
    const calls: string[] = [];
    const last = () => calls.push("last");
    signal.connect(() => {
      signal.disconnect(last);
      signal.connect(() => calls.push("new"));
    });
    signal.connect(last);

    signal.send(1);

    expect(calls).toEqual(["last"]);
  });
});

describe("send", () => {
  test("gives what each receiver returned", () => {
    const signal = new Signal<number>();
    const double = (n: number) => n * 2;
    signal.connect(double);

    expect(signal.send(4)).toEqual([{ receiver: double, value: 8 }]);
    expect(new Signal<number>().send(4)).toEqual([]);
  });

  test("lets an error through, and calls nobody after it", () => {
    const signal = new Signal<number>();
    const calls: number[] = [];
    signal.connect(bug);
    signal.connect((n) => calls.push(n));

    expect(() => signal.send(1)).toThrow("bug");
    expect(calls).toEqual([]);
  });

  test("logs what a receiver rejects with, for which it does not wait", async () => {
    const logger = recording();
    const signal = new Signal<number>();
    signal.connect(async function mailAdmins() {
      await Promise.resolve();
      bug();
    });

    signal.send(1);
    await new Promise((resolve) => setImmediate(resolve));

    expect(logger.lines[0]?.message).toBe("Error calling mailAdmins in Signal.send() (bug)");
  });
});

describe("sendRobust", () => {
  test("calls everybody; errors are among the outcomes, and logged", async () => {
    const logger = recording();
    const signal = new Signal<number>();
    const late = async (): Promise<never> => Promise.reject(new Error("late"));
    const fine = (n: number) => n;
    signal.connect(bug);
    signal.connect(late);
    signal.connect(fine);

    const outcomes = signal.sendRobust(5);
    await new Promise((resolve) => setImmediate(resolve));

    expect(outcomes).toEqual([
      { ok: false, receiver: bug, error: new Error("bug") },
      { ok: true, receiver: late, value: expect.any(Promise) },
      { ok: true, receiver: fine, value: 5 },
    ]);
    expect(logger.lines).toMatchObject([
      { level: "error", message: "Error calling bug in Signal.sendRobust() (bug)" },
      { level: "error", message: "Error calling late in Signal.sendRobust() (late)" },
    ]);
    expect(logger.lines[0]?.details).toEqual({ error: new Error("bug") });
  });
});

describe("asend", () => {
  test("waits for all receivers at the same time", async () => {
    const signal = new Signal<string>();
    const calls: string[] = [];
    for (const name of ["a", "b"]) {
      signal.connect(async (event) => {
        calls.push(`${name} begins`);
        await Promise.resolve();
        calls.push(`${name} ends`);
        return `${event} ${name}`;
      });
    }

    const replies = await signal.asend("x");

    expect(replies.map(({ value }) => value)).toEqual(["x a", "x b"]);
    expect(calls).toEqual(["a begins", "b begins", "a ends", "b ends"]);
  });

  test("rejects with the first error once all have settled; asendRobust does not", async () => {
    const logger = recording();
    const signal = new Signal<number>();
    const calls: number[] = [];
    signal.connect(async () => bug());
    signal.connect(async (n) => calls.push(n));

    await expect(signal.asend(1)).rejects.toThrow("bug");
    const outcomes = await signal.asendRobust(2);

    expect(calls).toEqual([1, 2]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      "Error calling (anonymous) in Signal.asendRobust() (bug)",
    ]);
  });
});
