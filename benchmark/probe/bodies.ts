/** Bodies that both servers of a probe send. Sizes in bytes. */
import { addProduced, tell } from "./child.ts";

const PIECE: Buffer = Buffer.alloc(65_536, "x");

/** Pieces of 64 KiB, ready at once. Tells the parent when nobody has read it to its end. */
export function* generate(path: string, size: number): Generator<Buffer> {
  let left = size;
  try {
    for (; left > 0; left -= PIECE.length) {
      addProduced(PIECE.length);
      yield PIECE;
    }
  } finally {
    if (left > 0) tell({ kind: "ended", path });
  }
}

/** As `generate`; each piece is waited for, as from a database. */
export async function* generateLater(path: string, size: number): AsyncGenerator<Buffer> {
  let left = size;
  try {
    for (; left > 0; left -= PIECE.length) {
      addProduced(PIECE.length);
      yield await Promise.resolve(PIECE);
    }
  } finally {
    if (left > 0) tell({ kind: "ended", path });
  }
}
