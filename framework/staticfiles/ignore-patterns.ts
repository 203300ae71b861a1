/**
 * Patterns of files to leave out, as shells write them: `*.map`, `vendor/*`, `[Mm]akefile`.
 *
 * Layer 4 (staticfiles). Pure. Source: Django contrib/staticfiles/utils.py (`matches_patterns`); CPython fnmatch.py:
 * `*` and `?` match everything, slashes and dots in front too.
 */

/** What nobody wants to publish: version control, dot files, backups of editors. */
export const DEFAULT_IGNORE_PATTERNS: readonly string[] = ["CVS", ".*", "*~"];

/** A test of paths: whether the whole path, or its last name, matches one of the patterns. */
export function matchesAny(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(toExpression);
  return (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return expressions.some((expression) => expression.test(name) || expression.test(path));
  };
}

function toExpression(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /\[(!?)(\]?[^\]]*)\]|[\s\S]/g,
    (found, not: string | undefined, set: string | undefined) => {
      if (set !== undefined && set !== "")
        return `[${not === "!" ? "^" : ""}${set.replaceAll(/[\\\]^[]/g, String.raw`\$&`)}]`;
      if (found === "*") return ".*";
      return found === "?" ? "." : found.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    },
  );
  return new RegExp(`^${source}$`, "s");
}
