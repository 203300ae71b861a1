/**
 * System checks of a site's URL patterns.
 *
 * Layer 3 (urls). Pure. Every message names the place of the pattern. Ids below W100 are Django's; those from W101
 * on are ours. What Django reports as E004 and E009 cannot come this far: `path` refuses it.
 * Source: Django urls/resolvers.py (`check` methods), core/checks/urls.py.
 */
import { type CheckMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import { type Chain, chainsOf } from "./chain.ts";
import type { URLEntry, URLInclude } from "./pattern.ts";
import { checkRoutes, describePattern, type URLCheckSubject } from "./check-routes.ts";
import { parametersOf } from "./route.ts";
import { findShadowed } from "./shadowed.ts";

export const urlChecks: readonly Check<URLCheckSubject>[] = [
  { name: "checkRoutes", tags: ["urls"], run: checkRoutes },
  { name: "checkNamespaces", tags: ["urls"], run: checkNamespaces },
  { name: "checkNames", tags: ["urls"], run: checkNames },
  { name: "checkShadowed", tags: ["urls"], run: checkShadowed },
];

/** W005: two instances with one namespace; of names that both have, only the last can be reversed. */
function checkNamespaces({ resolver }: URLCheckSubject): CheckMessage[] {
  return [...duplicateNamespaces(resolver.urlpatterns)].map(
    ([namespace, includes]) =>
      new Warning(
        `URL namespace '${namespace}' isn't unique. You may not be able to reverse all URLs in this namespace.`,
        {
          hint: "Give each include(…) a namespace of its own.",
          obj: includes.map((include) => include.location).join(", "),
          id: "urls.W005",
        },
      ),
  );
}

/** W102: of two routes with one name and the same parameters, only the last can be reversed. */
function checkNames({ resolver }: URLCheckSubject): CheckMessage[] {
  const ambiguous = duplicateNamespaces(resolver.urlpatterns);
  const byKey = Map.groupBy(
    [...chainsOf(resolver.urlpatterns)].filter(
      (chain) => chain.pattern.name !== undefined && !ambiguous.has(chain.namespace),
    ),
    (chain) => `${chain.name} ${parametersKey(chain)}`,
  );
  return [...byKey.values()].flatMap((chains) => {
    const routes = new Set(chains.map((chain) => chain.route));
    // One route with a pattern per method is one URL.
    return routes.size < 2 ? [] : [duplicateName(chains, routes)];
  });
}

/** W101: an earlier pattern matches everything that this one does. */
function checkShadowed({ resolver }: URLCheckSubject): CheckMessage[] {
  return findShadowed(chainsOf(resolver.urlpatterns)).map(
    ({ hidden, by }) =>
      new Warning(
        `Your URL pattern ${describePattern(hidden)} is never reached: ${describePattern(by)} (${by.pattern.location}) stands above it and matches all that it does.`,
        {
          hint: "Move the more specific pattern up, or remove it.",
          obj: hidden.pattern.location,
          id: "urls.W101",
        },
      ),
  );
}

function duplicateName(chains: readonly Chain[], routes: ReadonlySet<string>): CheckMessage {
  const [first] = chains;
  const names = first?.name ?? "";
  const listed = [...routes].map((route) => `'${route}'`).join(", ");
  return new Warning(
    `URL name '${names}' stands for several routes with the same parameters: ${listed}. Only the last can be reversed.`,
    {
      hint: "Give each of them a name of its own.",
      obj: chains.map(({ pattern }) => pattern.location).join(", "),
      id: "urls.W102",
    },
  );
}

/** Full namespaces that more than one include has, with those includes. */
function duplicateNamespaces(entries: readonly URLEntry[]): Map<string, URLInclude[]> {
  const all = Map.groupBy(namespacedIncludes(entries, []), ([namespace]) => namespace);
  return new Map(
    [...all]
      .filter(([, found]) => found.length > 1)
      .map(([namespace, found]) => [namespace, found.map(([, include]) => include)]),
  );
}

function* namespacedIncludes(
  entries: readonly URLEntry[],
  above: readonly string[],
): Generator<readonly [namespace: string, include: URLInclude]> {
  for (const entry of entries) {
    if (entry.kind === "pattern") continue;
    const namespaces = entry.namespace === undefined ? above : [...above, entry.namespace];
    if (entry.namespace !== undefined) yield [namespaces.join(":"), entry];
    yield* namespacedIncludes(entry.urlpatterns, namespaces);
  }
}

/** Equal for chains that `reverse` cannot tell apart by their parameters. */
function parametersKey(chain: Chain): string {
  const keys = chain.entries.flatMap(({ parsed }) =>
    parsed.parts === undefined
      ? parsed.names
      : [...parametersOf(parsed.parts)].map(({ name, converter }) => `${name}=${converter.regex}`),
  );
  return JSON.stringify(keys.toSorted());
}
