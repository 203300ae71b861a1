/** Random values that have a JSON, and random texts: the same for the same seed. */
import type { Random } from "./random.ts";

/** Of any Unicode characters, most of them ASCII. */
export function randomText(random: Random, longest: number = 12): string {
  const character = (): string => {
    const limit = random.pick([0x80, 0x80, 0x800, 0x10000, 0x110000]);
    return String.fromCodePoint(random.below(limit)).toWellFormed();
  };
  return Array.from({ length: random.below(longest + 1) }, character).join("");
}

const LEAVES: readonly [Leaf, Leaf, Leaf, Leaf] = [
  randomNumber,
  randomText,
  () => null,
  (random) => random.below(2) === 0,
];

type Leaf = (random: Random) => unknown;

export function randomJson(random: Random, depth: number = 4): unknown {
  if (depth === 0 || random.below(3) === 0) return random.pick(LEAVES)(random);
  const members = Array.from({ length: random.below(5) }, () => randomJson(random, depth - 1));
  if (random.below(2) === 0) return members;
  return Object.fromEntries(members.map((member) => [randomText(random), member]));
}

function randomNumber(random: Random): number {
  const sign = random.pick([1, -1]);
  if (random.below(2) === 0) return sign * random.below(Number.MAX_SAFE_INTEGER);
  return sign * random.next() * 10 ** (random.below(600) - 300);
}
