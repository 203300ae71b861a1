import { describe, expect, test, vi } from "vitest";
import { Client, ClientDisconnected } from "../../../framework/adapters/client.ts";

/** A transport whose client leaves when it is told to. */
class Transport {
  hasHappened = false;
  readonly listeners = new Set<() => void>();

  listen(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { [Symbol.dispose]: () => void this.listeners.delete(listener) };
  }

  close(): void {
    this.hasHappened = true;
    for (const listener of this.listeners) listener();
  }
}

describe("a client", () => {
  test("that leaves tells everybody once, with the same error", () => {
    const transport = new Transport();
    const client = new Client(transport);
    const [one, two] = [vi.fn(), vi.fn()];
    client.onGone(one);
    client.onGone(two);

    transport.close();
    const error = client.leave();

    expect([one.mock.calls, two.mock.calls]).toEqual([[[error]], [[error]]]);
    expect(error).toBeInstanceOf(ClientDisconnected);
    expect(() => client.checkPresence()).toThrow(error);
  });

  test("that has left tells who asks later, at once", () => {
    const transport = new Transport();
    const client = new Client(transport);
    const late = vi.fn();
    transport.close();

    using _listener = client.onGone(late);

    expect([late.mock.calls.length, client.isGone]).toEqual([1, true]);
  });

  test("tells nobody who does not want to know any more", () => {
    const transport = new Transport();
    const client = new Client(transport);
    const listener = vi.fn();

    client.onGone(listener)[Symbol.dispose]();
    transport.close();

    expect(listener).not.toHaveBeenCalled();
  });

  test("that has its answer is not watched, and never gone", () => {
    const transport = new Transport();
    const client = new Client(transport);
    const [before, after] = [vi.fn(), vi.fn()];
    client.onGone(before);

    client.release();
    client.onGone(after);
    transport.close();

    expect(transport.listeners.size).toBe(0);
    expect([before.mock.calls, after.mock.calls, client.isGone]).toEqual([[], [], false]);
  });

  test("is watched once, and only when somebody asks", () => {
    const transport = new Transport();
    const client = new Client(transport);
    const unasked = transport.listeners.size;

    client.onGone(() => undefined);
    client.onGone(() => undefined);

    expect([unasked, transport.listeners.size]).toEqual([0, 1]);
    client.checkPresence();
  });
});
