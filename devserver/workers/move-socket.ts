/**
 * Getting a connection ready to be sent to another process.
 *
 * Layer 0 (workers). Why: a socket that still reads when it is sent loses what arrives on the way.
 */
import type { Socket } from "node:net";

interface ReadingHandle {
  readStop?(): number;
}

/** Reads no more from `socket`. What it has read already and nobody has taken; the rest waits in the system. */
export function stopReading(socket: Socket): Buffer {
  socket.pause();
  const unread: unknown = socket.read();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node offers no other way: `pause` reads on until its buffer is full
  const { _handle: handle } = socket as { _handle?: ReadingHandle | null };
  handle?.readStop?.();
  return Buffer.isBuffer(unread) ? unread : Buffer.alloc(0);
}
