/**
 * Paths of the site that look like one that does not exist.
 *
 * Layer 6 (views). Pure. Only what resolves is suggested; parameters are taken from the path itself.
 */
import { resolverFor } from "../../conf/request-resolver.ts";
import type { HttpRequest } from "../../http/request.ts";
import type { URLEntry } from "../../urls/pattern.ts";
import { editDistance } from "../../utils/nearest.ts";

const MOST_SUGGESTIONS = 3;
/** Comparing costs time; whoever has more patterns has a search of his own. */
const MOST_CANDIDATES = 2000;
const LONGEST_PATH = 200;
const PARAMETER = /<[^<>]*>/;

/** The nearest first, with the mount point. */
export function suggestPaths(request: HttpRequest): string[] {
  const { pathInfo } = request;
  if (!("app" in request) || pathInfo.length > LONGEST_PATH) return [];
  const resolver = resolverFor(request, request.app);
  const mount = request.path.slice(0, request.path.length - pathInfo.length);
  const most = Math.max(2, Math.floor(pathInfo.length / 3));
  return [...candidates(resolver.urlpatterns, pathInfo)]
    .filter((path) => Math.abs(path.length - pathInfo.length) <= most)
    .map((path) => ({ path, distance: editDistance(pathInfo.toLowerCase(), path.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((a, b) => a.distance - b.distance)
    .filter(({ path }) => resolver.isValidPath(path))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ path }) => mount + path);
}

function candidates(entries: readonly URLEntry[], pathInfo: string): Set<string> {
  const given = segmentsOf(pathInfo);
  const found = new Set<string>();
  for (const route of routesOf(entries, "")) {
    if (found.size >= MOST_CANDIDATES) break;
    const filled = fill(route, given);
    if (filled !== undefined) found.add(`/${filled}`);
  }
  return found;
}

function* routesOf(entries: readonly URLEntry[], prefix: string): Generator<string> {
  for (const entry of entries) {
    const route = prefix + entry.route;
    if (entry.kind === "pattern") yield route;
    else yield* routesOf(entry.urlpatterns, route);
  }
}

/** Segments with parameters are those of the path; a path of another length fits no parameters. */
function fill(route: string, given: readonly string[]): string | undefined {
  if (!PARAMETER.test(route)) return route;
  const segments = segmentsOf(route);
  if (segments.length !== given.length) return undefined;
  const filled = segments.map((segment, index) =>
    PARAMETER.test(segment) ? (given[index] ?? "") : segment,
  );
  return filled.join("/") + (route.endsWith("/") ? "/" : "");
}

function segmentsOf(path: string): string[] {
  return path.replaceAll(/^\/|\/$/g, "").split("/");
}
