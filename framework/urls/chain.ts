/**
 * One way through `urlpatterns`: a pattern, with the includes above it.
 *
 * Layer 3 (urls). Pure. Source: Django urls/resolvers.py (`URLResolver.resolve`, which merges level by level).
 */
import type { URLEntry, URLInclude, URLPattern } from "./pattern.ts";
import { NO_PARAMS, NONE, type ParamValues, type RouteMatch } from "./route-matcher.ts";

/** What a chain captured from a path. */
export interface ChainMatch {
  /** For the view: captured values and extra ones. */
  readonly params: ParamValues;
  readonly captured: ParamValues;
}

const NOTHING: RouteMatch = { params: NO_PARAMS, unnamed: NONE, end: 0 };

export class Chain {
  readonly includes: readonly URLInclude[];
  readonly pattern: URLPattern;
  /** The extra values of all levels. */
  readonly extra: ParamValues;
  #namespace: string | undefined;

  constructor(includes: readonly URLInclude[], pattern: URLPattern) {
    this.includes = includes;
    this.pattern = pattern;
    const levels = [...includes, pattern].filter((level) => level.kwargs !== NO_PARAMS);
    this.extra =
      levels.length === 0 ? NO_PARAMS : Object.assign({}, ...levels.map((level) => level.kwargs));
  }

  /** All levels, from the outermost in. */
  get entries(): readonly URLEntry[] {
    return [...this.includes, this.pattern];
  }

  /** The routes of all levels, joined; what comes after the first loses its `^`. */
  get route(): string {
    return this.entries
      .map((entry, level) => (level === 0 ? entry.route : entry.route.replace(/^\^/, "")))
      .join("");
  }

  get namespaces(): readonly string[] {
    return this.includes.flatMap(({ namespace }) => namespace ?? []);
  }

  /** Joined. Kept, since `reverse` asks for that of its request every time. */
  get namespace(): string {
    this.#namespace ??= this.namespaces.join(":");
    return this.#namespace;
  }

  /** `polls:choices:detail`; `undefined` for a pattern without a name. */
  get name(): string | undefined {
    const { name } = this.pattern;
    return name === undefined ? undefined : [...this.namespaces, name].join(":");
  }

  get appNames(): readonly string[] {
    return this.includes.flatMap(({ appName }) => appName ?? []);
  }

  /** Matches level after level: none takes back what it gave to the level above. */
  match(path: string): ChainMatch | undefined {
    let position = 1;
    const found: RouteMatch[] = [];
    for (const include of this.includes) {
      const match = include.match(path, position);
      if (match === undefined) return undefined;
      found.push(match);
      position = match.end;
    }
    const last = this.pattern.match(path, position);
    return last && this.merge([...found, last]);
  }

  /** As `match`, without converting anything. */
  fits(path: string): boolean {
    let position: number | undefined = 1;
    for (const entry of this.entries) {
      position = entry.endOf(path, position);
      if (position === undefined) return false;
    }
    return true;
  }

  /** What the levels captured, joined: the inner ones count more, and extra values more than captured ones. */
  merge(found: readonly RouteMatch[]): ChainMatch {
    const [only] = found;
    if (found.length === 1 && only?.unnamed === NONE && this.extra === NO_PARAMS)
      return { params: only.params, captured: only.params };
    const captured: Record<string, unknown> = { ...unnamedOf(this.entries, found) };
    const params = { ...captured };
    for (const [level, entry] of this.entries.entries()) {
      Object.assign(captured, found[level]?.params);
      Object.assign(params, found[level]?.params, entry.kwargs);
    }
    return { params, captured };
  }
}

/** Groups without a name: those of the innermost level, and of those above unless anything has a name. */
function unnamedOf(entries: readonly URLEntry[], found: readonly RouteMatch[]): ParamValues {
  const kept: (string | undefined)[] = [];
  let hasNames = false;
  for (let level = found.length - 1; level >= 0; level--) {
    const { params, unnamed } = found[level] ?? NOTHING;
    hasNames ||= isFilled(params) || isFilled(entries[level]?.kwargs ?? NO_PARAMS);
    if (level === found.length - 1 || !hasNames) kept.unshift(...unnamed);
  }
  return kept.length === 0 ? NO_PARAMS : Object.fromEntries(kept.entries());
}

function isFilled(values: ParamValues): boolean {
  return Object.keys(values).length > 0;
}

/** Every pattern below `entries`, in the order in which they are tried. */
export function* chainsOf(
  entries: readonly URLEntry[],
  includes: readonly URLInclude[] = [],
): Generator<Chain> {
  for (const entry of entries) {
    if (entry.kind === "pattern") yield new Chain(includes, entry);
    else yield* chainsOf(entry.urlpatterns, [...includes, entry]);
  }
}
