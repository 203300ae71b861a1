/**
 * What the page of a path that does not exist shows, as plain values.
 *
 * Layer 6 (views). Types only.
 */
import type { Row } from "./report.ts";

/** One pattern that was tried. */
export interface TriedPattern {
  /** The routes of its levels, from the outermost in. */
  readonly routes: readonly string[];
  /** `name='detail'` or `namespace='polls'`; `""` for one without. */
  readonly label: string;
  /** `urls.ts:7`. */
  readonly location: string;
  /** Whether an include of it matched, and only the rest did not. */
  readonly isPartMatched: boolean;
}

export interface NotFoundReport {
  readonly path: string;
  readonly method: string;
  /** Why there is nothing. */
  readonly reason: string;
  /** `undefined` when a view said so, and patterns are not to blame. */
  readonly tried: readonly TriedPattern[] | undefined;
  /** Paths that exist and look alike. */
  readonly suggestions: readonly string[];
  readonly facts: readonly Row[];
  readonly explanation: string;
}
