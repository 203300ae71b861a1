/**
 * Socket files: bound anew where a dead process has left one.
 *
 * Layer 1 (socketserver).
 */
import { stat, unlink } from "node:fs/promises";
import net from "node:net";

/** Calls `bind`; when the path is taken by a socket file that nobody listens on, removes it and calls again. */
export async function bindUnixPath<Bound>(path: string, bind: () => Bound): Promise<Bound> {
  try {
    return bind();
  } catch (error) {
    if (!(await isAbandoned(path))) throw error;
    await unlink(path);
    return bind();
  }
}

/** True when the file is a socket that nobody listens on any more. */
async function isAbandoned(path: string): Promise<boolean> {
  // To connect to an ordinary file is refused as well.
  const found = await stat(path).catch(() => undefined);
  if (found?.isSocket() !== true) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = net.connect({ path });
  probe.on("connect", () => resolve(false));
  // A datagram socket in use answers EPROTOTYPE.
  probe.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
  const abandoned = await promise;
  probe.destroy();
  return abandoned;
}
