/**
 * Several regular expressions as one question.
 *
 * Layer 0. Pure. Why: an expression with the flag `g` or `y` remembers where it was, and would answer every other
 * request differently; and the list is looked at once, not for each request.
 */

/** Whether one of the expressions is found somewhere in a text. */
export function anyFound(patterns: readonly RegExp[]): (text: string) => boolean {
  const stateless = patterns.map(({ source, flags }) => new RegExp(source, withoutState(flags)));
  return (text) => stateless.some((pattern) => pattern.test(text));
}

/** Whether one of the expressions matches a text from its beginning to its end. */
export function anyMatchesWhole(patterns: readonly RegExp[]): (text: string) => boolean {
  return anyFound(
    patterns.map(({ source, flags }) => new RegExp(`^(?:${source})$`, flags.replace("m", ""))),
  );
}

function withoutState(flags: string): string {
  return flags.replaceAll(/[gy]/g, "");
}
