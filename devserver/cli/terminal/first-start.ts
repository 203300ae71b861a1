/**
 * What is said once, at the first start of a supervised server.
 *
 * Layer 10 (cli).
 */

/** Set, by a supervisor, for each child but the first: what is said once was said. */
export const NOT_FIRST_START = "MINORSWING_NOT_FIRST_START";
