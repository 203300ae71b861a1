/**
 * From a name to a path.
 *
 * Layer 3 (urls). Pure. The cost does not grow with the number of names: they are indexed once.
 * Errors: `NoReverseMatch`. Source: Django urls/resolvers.py (`_reverse_with_prefix`).
 */
import { FrameworkError } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";
import { sortByDistance } from "../utils/nearest.ts";
import { ConverterError } from "./converters.ts";
import type { URLEntry } from "./pattern.ts";
import { type RoutePart, toExpression } from "./route.ts";

/** `reverse` found no pattern for this name and these parameters. Always a bug in the caller, so answered with 500. */
export class NoReverseMatch extends FrameworkError {
  override readonly name = "NoReverseMatch";
  readonly code = "urls.no_reverse_match";
}

/** One way to build a path for a name: the parts of all levels, joined. */
class Candidate {
  readonly route: string;
  readonly #parts: readonly RoutePart[];
  readonly #names: ReadonlySet<string>;
  readonly #expression: RegExp;

  constructor(route: string, parts: readonly RoutePart[], names: readonly string[]) {
    this.route = route;
    this.#parts = parts;
    this.#names = new Set(names);
    this.#expression = new RegExp(`^${toExpression(parts)}$`, "s");
  }

  /** The unquoted path, or `undefined` when the parameters do not fit. */
  build(params: Readonly<Record<string, unknown>>): string | undefined {
    for (const name of Object.keys(params)) if (!this.#names.has(name)) return undefined;
    const path = buildParts(this.#parts, params);
    return path !== undefined && this.#expression.test(path) ? path : undefined;
  }
}

function buildParts(
  parts: readonly RoutePart[],
  params: Readonly<Record<string, unknown>>,
): string | undefined {
  let path = "";
  for (const part of parts) {
    const text = buildPart(part, params);
    if (text === undefined) return undefined;
    path += text;
  }
  return path;
}

function buildPart(part: RoutePart, params: Readonly<Record<string, unknown>>): string | undefined {
  if (part.kind === "text") return part.text;
  if (part.kind === "optional")
    return hasAll(part.parts, params) ? buildParts(part.parts, params) : "";
  if (!Object.hasOwn(params, part.name)) return undefined;
  try {
    return part.converter.toUrl(params[part.name]);
  } catch (error) {
    if (error instanceof ConverterError) return undefined;
    throw error;
  }
}

/** An optional group is written when all its parameters are given, and it has some. */
function hasAll(parts: readonly RoutePart[], params: Readonly<Record<string, unknown>>): boolean {
  const names = parts.filter((part) => part.kind === "parameter").map((part) => part.name);
  return names.length > 0 && names.every((name) => Object.hasOwn(params, name));
}

export class ReverseIndex {
  readonly #candidates: Map<string, Candidate[]> = new Map<string, Candidate[]>();

  constructor(urlpatterns: readonly URLEntry[]) {
    this.#add(urlpatterns, { route: "", parts: [], names: [], namespaces: "" });
  }

  /** Candidates of a name are tried from the last registered to the first, as in Django. */
  reverse(name: string, params: Readonly<Record<string, unknown>>): string {
    const candidates = this.#candidates.get(name) ?? [];
    for (const candidate of candidates.toReversed()) {
      const path = candidate.build(params);
      if (path !== undefined) return quote(`/${path}`);
    }
    throw new NoReverseMatch(this.#explain(name, params, candidates));
  }

  #add(entries: readonly URLEntry[], above: Above): void {
    for (const entry of entries) {
      const parts = [...above.parts, ...entry.parsed.parts];
      const names = [...above.names, ...entry.parsed.names];
      const route = above.route + entry.route;
      if (entry.kind === "include") {
        const namespaces =
          entry.namespace === undefined
            ? above.namespaces
            : `${above.namespaces}${entry.namespace}:`;
        this.#add(entry.urlpatterns, { route, parts, names, namespaces });
      } else if (entry.name !== undefined) {
        const key = above.namespaces + entry.name;
        const list = this.#candidates.get(key) ?? [];
        list.push(new Candidate(route, parts, names));
        this.#candidates.set(key, list);
      }
    }
  }

  #explain(
    name: string,
    params: Readonly<Record<string, unknown>>,
    candidates: readonly Candidate[],
  ): string {
    if (candidates.length === 0) {
      const known = sortByDistance(name, [...this.#candidates.keys()]).slice(0, 10);
      return `Reverse for '${name}' not found. '${name}' is not a valid pattern name; known names: ${known.join(", ") || "none"}`;
    }
    const given = Object.entries(params).map(([key, value]) => `${key}: ${describeValue(value)}`);
    const tried = candidates.map((candidate) => `'${candidate.route}'`).join(", ");
    const what = given.length === 0 ? "no parameters" : `parameters { ${given.join(", ")} }`;
    return `Reverse for '${name}' with ${what} not found. ${candidates.length} pattern(s) tried: ${tried}`;
  }
}

interface Above {
  readonly route: string;
  readonly parts: readonly RoutePart[];
  readonly names: readonly string[];
  readonly namespaces: string;
}

/** Path → URL. Safe characters as in Django: ``!$&'()*+,;=/~:@`` and the unreserved ones; never `//` at the start. */
function quote(path: string): string {
  const quoted = encodeURI(path.toWellFormed()).replaceAll(/[?#]/g, (character) =>
    encodeURIComponent(character),
  );
  return quoted.startsWith("//") ? `/%2F${quoted.slice(2)}` : quoted;
}
