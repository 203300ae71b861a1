import { expect, test } from "vitest";
import { Signal } from "../../../framework/signals/signal.ts";

test("calls its receivers in the order they connected, each once", () => {
  const signal = new Signal<number>();
  const calls: string[] = [];
  const first = (n: number) => calls.push(`first ${n}`);
  signal.connect(first);
  signal.connect((n) => calls.push(`second ${n}`));
  signal.connect(first);

  signal.send(7);

  expect(calls).toEqual(["first 7", "second 7"]);
});

test("forgets a receiver that disconnects", () => {
  const signal = new Signal<number>();
  const receiver = () => undefined;
  const disconnect = signal.connect(receiver);

  disconnect();

  expect(signal.hasListeners).toBe(false);
  expect(signal.disconnect(receiver)).toBe(false);
});

test("lets a receiver's error through, and refuses what cannot be called", () => {
  const signal = new Signal<number>();
  signal.connect(() => {
    throw new Error("bug");
  });

  expect(() => signal.send(1)).toThrow("bug");
  expect(() => signal.connect(undefined as never)).toThrow("Signal receivers must be callable.");
});
