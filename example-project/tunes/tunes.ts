/**
 * The tunes: a list in memory, new with each start of the process.
 */
export interface Tune {
  readonly pk: number;
  readonly title: string;
  readonly year: number;
  /** Length in seconds. */
  readonly seconds: number;
}

const tunes: Tune[] = [
  { pk: 1, title: "Minor Swing", year: 1937, seconds: 195 },
  { pk: 2, title: "Nuages", year: 1940, seconds: 197 },
  { pk: 3, title: "Djangology", year: 1935, seconds: 130 },
];

export function allTunes(): readonly Tune[] {
  return tunes;
}

export function findTune(pk: number): Tune | undefined {
  return tunes.find((tune) => tune.pk === pk);
}

export function createTune(values: Omit<Tune, "pk">): Tune {
  const tune = { pk: tunes.length + 1, ...values };
  tunes.push(tune);
  return tune;
}
