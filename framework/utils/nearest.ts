/**
 * Suggestions for mistyped names: "unknown command "runsever"; did you mean "runserver"?".
 *
 * Layer 0. Pure. Distance is Damerau-Levenshtein restricted to neighbouring swaps.
 */

/** How many single edits (insert, delete, replace, swap neighbours) turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped && column > 1 && row > 1)
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** `names` sorted by their distance to `wanted`, nearest first; ties keep their order. */
export function sortByDistance(wanted: string, names: readonly string[]): string[] {
  const distances = new Map(names.map((name) => [name, editDistance(wanted, name)]));
  return names.toSorted((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}

/** The name that `wanted` was probably meant to be, or `undefined` when none is close. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const [first] = sortByDistance(wanted, names);
  if (first === undefined) return undefined;
  return editDistance(wanted, first) <= Math.max(1, Math.floor(wanted.length / 3))
    ? first
    : undefined;
}
