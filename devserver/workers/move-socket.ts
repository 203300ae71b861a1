/**
 * Getting a connection ready to be sent to another process, and to be served there.
 *
 * Layer 0 (workers). Why: a socket that still reads when it is sent loses what arrives on the way, and Node's streams
 * offer no way to stop at once: `pause` reads on until a buffer is full.
 */
import type { Socket } from "node:net";

/** What a socket reads with. */
interface ReadingHandle {
  reading: boolean;
  readStop(): number;
  readStart(): number;
}

/** Reads no more from `socket`. What it has read already and nobody has taken; the rest waits in the system. */
export function stopReading(socket: Socket): Buffer {
  socket.pause();
  const unread: unknown = socket.read();
  const handle = handleOf(socket);
  if (handle !== undefined) {
    handle.readStop();
    handle.reading = false;
  }
  return Buffer.isBuffer(unread) ? unread : Buffer.alloc(0);
}

/** Reads again, as if `unread` came first. */
export function startReading(socket: Socket, unread: Buffer): void {
  if (unread.length > 0) socket.unshift(unread);
  const handle = handleOf(socket);
  if (handle === undefined || handle.reading) return;
  // The stream believes that it has been reading all the time, so it would not start.
  handle.reading = true;
  handle.readStart();
}

function handleOf(socket: Socket): ReadingHandle | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node shows it nowhere else
  return (socket as { _handle?: ReadingHandle | null })._handle ?? undefined;
}
