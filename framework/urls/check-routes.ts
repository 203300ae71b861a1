/**
 * System checks of each URL pattern by itself: how its route and its name are written.
 *
 * Layer 3 (urls). Pure. Source: Django urls/resolvers.py (`RoutePattern.check`, `RegexPattern.check`, `URLPattern.check`).
 */
import { type CheckMessage, Warning } from "../checks/messages.ts";
import type { URLEntry } from "./pattern.ts";
import type { RoutePart } from "./route.ts";

/** As much of an application as the checks of URLs look at. */
export interface URLCheckSubject {
  readonly resolver: { readonly urlpatterns: readonly URLEntry[] };
  readonly settings: { readonly APPEND_SLASH: boolean };
}

/** Each entry by itself: W001, W002, W003, W010, 2_0.W001. */
export function checkRoutes({ resolver, settings }: URLCheckSubject): CheckMessage[] {
  return [...everyEntry(resolver.urlpatterns)].flatMap((entry) =>
    (entry.parsed.expression !== undefined
      ? checkRegExpRoute(entry)
      : checkPathRoute(entry)
    ).concat(settings.APPEND_SLASH ? checkLeadingSlash(entry) : [], checkName(entry)),
  );
}

function* everyEntry(entries: readonly URLEntry[]): Generator<URLEntry> {
  for (const entry of entries) {
    yield entry;
    if (entry.kind === "include") yield* everyEntry(entry.urlpatterns);
  }
}

function checkPathRoute(entry: URLEntry): CheckMessage[] {
  const { route } = entry;
  const messages: CheckMessage[] = [];
  if (
    route.includes("(?<") ||
    route.includes("(?P<") ||
    route.startsWith("^") ||
    route.endsWith("$")
  ) {
    messages.push(
      new Warning(
        `Your URL pattern ${describeEntry(entry)} has a route that contains '(?<' or '(?P<', begins with a '^', or ends with a '$'. ` +
          "This was likely an oversight when migrating to path().",
        { hint: "A regular expression goes into rePath(…).", obj: entry.location, id: "2_0.W001" },
      ),
    );
  }
  const text = textOf(entry.parsed.parts ?? []);
  for (const bracket of ["<", ">"]) {
    if (text.includes(bracket)) messages.push(unmatched(entry, bracket));
  }
  return messages;
}

function unmatched(entry: URLEntry, bracket: string): CheckMessage {
  return new Warning(
    `Your URL pattern ${describeEntry(entry)} has an unmatched '${bracket}' bracket.`,
    { hint: "A parameter is written <converter:name>.", obj: entry.location, id: "urls.W010" },
  );
}

function checkRegExpRoute(entry: URLEntry): CheckMessage[] {
  const { kind, route } = entry;
  if (kind !== "include" || !route.endsWith("$") || route.endsWith(String.raw`\$`)) return [];
  return [
    new Warning(
      `Your URL pattern ${describeEntry(entry)} uses include with a route ending with a '$'.`,
      {
        hint: "Remove the dollar from the route to avoid problems including URLs.",
        obj: entry.location,
        id: "urls.W001",
      },
    ),
  ];
}

function checkLeadingSlash(entry: URLEntry): CheckMessage[] {
  const { route } = entry;
  if (!/^(?:\^?\/|\^\\\/)/.test(route) || route.endsWith("/")) return [];
  return [
    new Warning(`Your URL pattern ${describeEntry(entry)} has a route beginning with a '/'.`, {
      hint:
        "Remove this slash as it is unnecessary. If this pattern is targeted in an include(), " +
        "ensure the include() pattern has a trailing '/'.",
      obj: entry.location,
      id: "urls.W002",
    }),
  ];
}

function checkName(entry: URLEntry): CheckMessage[] {
  if (entry.kind === "include" || entry.name?.includes(":") !== true) return [];
  return [
    new Warning(`Your URL pattern ${describeEntry(entry)} has a name including a ':'.`, {
      hint: "Remove the colon, to avoid ambiguous namespace references.",
      obj: entry.location,
      id: "urls.W003",
    }),
  ];
}

function textOf(parts: readonly RoutePart[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      return part.kind === "optional" ? textOf(part.parts) : "";
    })
    .join("");
}

function describeEntry(entry: URLEntry): string {
  return describePattern({
    route: entry.route,
    name: entry.kind === "pattern" ? entry.name : undefined,
  });
}

/** As Django describes one. */
export function describePattern({
  route,
  name,
}: {
  readonly route: string;
  readonly name: string | undefined;
}): string {
  return `'${route}'${name === undefined ? "" : ` [name='${name}']`}`;
}
