/**
 * Django's algorithm: one compiled expression for each entry, tried in order, level by level
 * (`URLResolver.resolve` in urls/resolvers.py). Routes without parameters are compared, as Django 6 does.
 */
import type { Site } from "./sites.ts";

interface Entry {
  readonly expression: RegExp | undefined;
  readonly literal: string;
  readonly names: readonly string[];
  readonly integers: ReadonlySet<string>;
  readonly below: readonly Entry[] | undefined;
}

export interface DjangoMatch {
  readonly entry: Entry;
  readonly params: Record<string, unknown>;
}

const CONVERTERS: Readonly<Record<string, string>> = {
  int: "[0-9]+",
  slug: "[-a-zA-Z0-9_]+",
  str: "[^/]+",
};

export function djangoRouter(site: Site): (path: string) => DjangoMatch | undefined {
  const entries = site.groups.flatMap(({ prefix, routes }) => {
    const patterns = routes.map(({ django }) => makeEntry(django, undefined));
    return prefix === "" ? patterns : [makeEntry(prefix, patterns)];
  });
  return (path) => resolve(entries, path.slice(1));
}

function makeEntry(route: string, below: readonly Entry[] | undefined): Entry {
  const names: string[] = [];
  const integers = new Set<string>();
  const source = route.replaceAll(/<(\w+):(\w+)>/g, (_, converter: string, name: string) => {
    names.push(name);
    if (converter === "int") integers.add(name);
    return `(${CONVERTERS[converter]})`;
  });
  const end = below === undefined ? "$" : "";
  const expression = names.length === 0 ? undefined : new RegExp(`^${source}${end}`);
  return { expression, literal: route, names, integers, below };
}

function resolve(entries: readonly Entry[], path: string): DjangoMatch | undefined {
  for (const entry of entries) {
    const found = match(entry, path);
    if (found === undefined) continue;
    if (entry.below === undefined) return { entry, params: found.params };
    const inner = resolve(entry.below, found.rest);
    if (inner !== undefined) {
      return { entry: inner.entry, params: { ...found.params, ...inner.params } };
    }
  }
  return undefined;
}

function match(
  { expression, literal, names, integers, below }: Entry,
  path: string,
): { readonly rest: string; readonly params: Record<string, unknown> } | undefined {
  if (expression === undefined) {
    if (below === undefined ? path !== literal : !path.startsWith(literal)) return undefined;
    return { rest: path.slice(literal.length), params: {} };
  }
  const found = expression.exec(path);
  if (found === null) return undefined;
  const params: Record<string, unknown> = {};
  for (const [index, name] of names.entries())
    params[name] = integers.has(name) ? Number(found[index + 1]) : found[index + 1];
  return { rest: path.slice(found[0].length), params };
}
