/**
 * Which content coding a client wants.
 *
 * Layer 2 (http). Pure. Source: RFC 9110 sections 12.4.2 (weights) and 12.5.3 (`Accept-Encoding`).
 * A client that sends no header may take anything, but is given what needs no decoding; so is one that sends a `*`
 * without `gzip`, save that gzip, which everything can read, is taken to be meant by it.
 */

/** Names in lower case, with their weights. What has no valid weight is left out. */
type Weights = ReadonlyMap<string, number>;

const WEIGHT = /^q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/i;

/** The one of `codings` that the client likes best, the first among equals; `undefined` where it likes none, or none better than plain. */
export function preferredCoding<Coding extends string>(
  header: string | undefined,
  codings: readonly Coding[],
): Coding | undefined {
  if (header === undefined) return undefined;
  const weights = parseAcceptEncoding(header);
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of codings) {
    const weight = weightOf(coding, weights);
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  return bestWeight < (weights.get("identity") ?? 0) ? undefined : best;
}

function weightOf(coding: string, weights: Weights): number {
  const own = weights.get(coding);
  if (own !== undefined || coding !== "gzip") return own ?? 0;
  return weights.get("x-gzip") ?? weights.get("*") ?? 0;
}

function parseAcceptEncoding(header: string): Weights {
  const weights = new Map<string, number>();
  for (const element of header.split(",")) {
    const [name = "", ...parameters] = element.split(";").map((part) => part.trim());
    const [, q] = WEIGHT.exec(parameters.at(-1) ?? "q=1") ?? [];
    if (name !== "" && q !== undefined) weights.set(name.toLowerCase(), Number(q));
  }
  return weights;
}
