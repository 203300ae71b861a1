/**
 * From a name, or a view, to a path.
 *
 * Layer 3 (urls). Pure. The cost does not grow with the number of names: they are indexed once.
 * Errors: `NoReverseMatch`. Source: Django urls/resolvers.py (`_reverse_with_prefix`), urls/base.py (`reverse`).
 * Differs from Django: two includes with the same namespace are one namespace.
 */
import { FrameworkError } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";
import { escapeLeadingSlashes } from "../utils/encoding.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { sortByDistance } from "../utils/nearest.ts";
import { Candidate } from "./candidate.ts";
import { Chain } from "./chain.ts";
import type { URLEntry, URLInclude } from "./pattern.ts";
import { quotePath } from "./quote-path.ts";
import type { ParamValues } from "./route-matcher.ts";
import type { View } from "./route-params.ts";

/** `reverse` found no pattern for this name and these parameters. Always a bug in the caller, so answered with 500. */
export class NoReverseMatch extends FrameworkError {
  override readonly name = "NoReverseMatch";
  readonly code = "urls.no_reverse_match";
}

/** The name of a pattern, with its namespaces, or its view. */
export type ReverseTarget = string | View;

/** What a path depends on besides its pattern. */
export interface SiteOptions {
  /** Where the site is mounted: `""` or `"/shop"`, not quoted. @default "" */
  readonly scriptName?: string | undefined;
  /** The instance that is meant by the name of an application: `"shop:de"`. */
  readonly currentApp?: string | undefined;
}

/** What can be named inside of one namespace. */
class Names {
  /** Candidates in the order of their patterns: the last one is tried first. */
  readonly byName = new Map<string, Candidate[]>();
  readonly byView = new Map<View, Candidate[]>();
  readonly namespaces = new Map<string, Names>();
  /** The instances of each application, in order. */
  readonly applications = new Map<string, Set<string>>();

  add(entries: readonly URLEntry[], includes: readonly URLInclude[]): void {
    for (const entry of entries) {
      if (entry.kind === "include")
        this.#scopeOf(entry).add(entry.urlpatterns, [...includes, entry]);
      else this.#addCandidate(new Candidate(new Chain(includes, entry)));
    }
  }

  /** Names of an include without a namespace are names of what it is in. */
  #scopeOf({ namespace, appName }: URLInclude): Names {
    if (namespace === undefined) return this;
    if (appName !== undefined)
      getOrInsert(this.applications, appName, () => new Set<string>()).add(namespace);
    return getOrInsert(this.namespaces, namespace, () => new Names());
  }

  #addCandidate(candidate: Candidate): void {
    const { name, view } = candidate.chain.pattern;
    getOrInsert(this.byView, view, () => []).push(candidate);
    if (name !== undefined) getOrInsert(this.byName, name, () => []).push(candidate);
  }

  *allNames(prefix = ""): Generator<string> {
    for (const name of this.byName.keys()) yield prefix + name;
    for (const [namespace, names] of this.namespaces)
      yield* names.allNames(`${prefix}${namespace}:`);
  }
}

export class ReverseIndex {
  readonly #root = new Names();
  /** What names with namespaces mean, by the current instance. */
  readonly #resolved = new Map<string, Map<string, readonly Candidate[]>>();

  constructor(urlpatterns: readonly URLEntry[]) {
    this.#root.add(urlpatterns, []);
  }

  /** Candidates are tried from the last registered to the first, as in Django. */
  reverse(target: ReverseTarget, params: ParamValues, site: SiteOptions = {}): string {
    const candidates = this.#candidatesOf(target, site.currentApp ?? "");
    const given = namesOf(params);
    for (let index = candidates.length - 1; index >= 0; index--) {
      const path = candidates[index]?.build(params, given);
      if (path !== undefined) return withPrefix(site.scriptName, path);
    }
    throw new NoReverseMatch(this.#explain(target, params, candidates));
  }

  #candidatesOf(target: ReverseTarget, currentApp: string): readonly Candidate[] {
    if (typeof target !== "string") return this.#root.byView.get(target) ?? [];
    if (!target.includes(":")) return this.#root.byName.get(target) ?? [];
    const resolved = this.#resolved.get(currentApp) ?? this.#resolvedFor(currentApp);
    let candidates = resolved.get(target);
    if (candidates === undefined) {
      candidates = this.#lookUp(target, currentApp);
      // Only names that exist are kept: there are no more of those than patterns.
      if (candidates.length > 0) resolved.set(target, candidates);
    }
    return candidates;
  }

  /** Kept for instances that exist only: anything may be asked for. */
  #resolvedFor(currentApp: string): Map<string, readonly Candidate[]> {
    let names: Names | undefined = this.#root;
    if (currentApp !== "")
      for (const part of currentApp.split(":")) names = names?.namespaces.get(part);
    const resolved = new Map<string, readonly Candidate[]>();
    if (names !== undefined) this.#resolved.set(currentApp, resolved);
    return resolved;
  }

  #lookUp(target: string, currentApp: string): readonly Candidate[] {
    const path = target.split(":");
    const name = path.pop() ?? "";
    const current = currentApp === "" ? [] : currentApp.split(":");
    let names = this.#root;
    for (const [level, wanted] of path.entries()) {
      const namespace = instanceOf(names, wanted, current[level]);
      if (namespace !== current[level]) current.length = 0;
      const inner = names.namespaces.get(namespace);
      if (inner === undefined) throw new NoReverseMatch(explainNamespace(path, level, names));
      names = inner;
    }
    return names.byName.get(name) ?? [];
  }

  #explain(target: ReverseTarget, params: ParamValues, candidates: readonly Candidate[]): string {
    const name = typeof target === "string" ? target : target.name || "(anonymous)";
    if (candidates.length === 0) {
      const known = sortByDistance(name, [...this.#root.allNames()]).slice(0, 10);
      return `Reverse for '${name}' not found. '${name}' is not a valid view function or pattern name; known names: ${known.join(", ") || "none"}`;
    }
    const given = Object.entries(params).map(([key, value]) => `${key}: ${describeValue(value)}`);
    const tried = candidates.map(({ chain }) => `'${chain.route}'`).join(", ");
    const what = given.length === 0 ? "no parameters" : `parameters { ${given.join(", ")} }`;
    return `Reverse for '${name}' with ${what} not found. ${candidates.length} pattern(s) tried: ${tried}`;
  }
}

/**
 * Which instance a part of a name means: where it is the name of an application, the current instance of it, else the one
 * that is called like the application, else the last one.
 */
function instanceOf(names: Names, wanted: string, current: string | undefined): string {
  const instances = names.applications.get(wanted);
  if (instances === undefined) return wanted;
  if (current !== undefined && instances.has(current)) return current;
  return instances.has(wanted) ? wanted : ([...instances].at(-1) ?? wanted);
}

function explainNamespace(path: readonly string[], level: number, names: Names): string {
  const wanted = path[level] ?? "";
  const where = level === 0 ? "" : ` inside '${path.slice(0, level).join(":")}'`;
  const known = sortByDistance(wanted, [...names.namespaces.keys()]).slice(0, 10);
  return `'${wanted}' is not a registered namespace${where}; known namespaces: ${known.join(", ") || "none"}`;
}

/** What is `undefined` was not given. */
function namesOf(params: ParamValues): readonly string[] {
  const names = Object.keys(params);
  return names.some((name) => params[name] === undefined)
    ? names.filter((name) => params[name] !== undefined)
    : names;
}

function withPrefix(scriptName: string | undefined, path: string): string {
  const prefix =
    scriptName === undefined || scriptName === ""
      ? "/"
      : quotePath(scriptName.replace(/\/*$/, "/"));
  return escapeLeadingSlashes(prefix + path);
}
