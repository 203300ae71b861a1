/**
 * What fetch handlers are tested with.
 */
import { vi } from "vitest";
import { bytes } from "./message-contract.ts";

/** A body of numbered chunks that says how many were made. */
export class Numbers {
  made = 0;

  *[Symbol.iterator](): Generator<Buffer> {
    for (;;) yield bytes(String((this.made += 1)));
  }
}

/** A request body whose source says when it was told to stop. */
export function openBody(...pieces: readonly string[]): {
  body: ReadableStream<Uint8Array>;
  cancelled: ReturnType<typeof vi.fn>;
} {
  const cancelled = vi.fn();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(bytes(piece));
    },
    cancel: cancelled,
  });
  return { body, cancelled };
}

/** Lets everything happen that is only waiting for its turn. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
