/**
 * URL patterns as a table for terminals, or as JSON.
 *
 * Layer 10 (cli). Pure.
 */
import { inspect } from "node:util";
import type { Chain } from "../../../framework/urls/chain.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import type { Explanation } from "../../../framework/urls/explain-match.ts";

/** One pattern, as `--json` prints it. */
export interface RouteRow {
  readonly pattern: string;
  readonly name: string | null;
  readonly view: string;
  /** `null` for every method. */
  readonly methods: readonly string[] | null;
  readonly location: string;
}

export function routeOf(chain: Chain): RouteRow {
  const { entries, route, pattern } = chain;
  return {
    pattern: entries.some(({ parsed }) => parsed.expression !== undefined) ? route : `/${route}`,
    name: chain.name ?? null,
    view: pattern.view.name === "" ? "(anonymous)" : pattern.view.name,
    methods: pattern.methods ?? handledMethods(pattern.view) ?? null,
    location: pattern.location,
  };
}

/** What a class-based view has methods for. */
function handledMethods(view: View): readonly string[] | undefined {
  const methods: unknown = Reflect.get(view, "handledMethods");
  return Array.isArray(methods) ? methods.map(String) : undefined;
}

/** A line for each, in columns. */
export function formatRoutes(rows: readonly RouteRow[]): string {
  if (rows.length === 0) return "No URL patterns.\n";
  const cells = rows.map(cellsOf);
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function cellsOf({ pattern, name, methods, view, location }: RouteRow): string[] {
  return [pattern, name ?? "-", methods?.join(",") ?? "any", view, location];
}

/** What `--match` found. */
export interface MatchExplanation extends Explanation {
  readonly path: string;
  readonly method: string | undefined;
  /** Where APPEND_SLASH would send the browser. */
  readonly redirectsTo: string | undefined;
}

export function formatExplanation(explanation: MatchExplanation, isJson: boolean): string {
  return isJson ? explanationToJson(explanation) : describe(explanation);
}

function describe({ path, method, match, tried, redirectsTo }: MatchExplanation): string {
  const what = method === undefined ? path : `${method} ${path}`;
  const otherMethods = tried.filter((entry) => entry.isOtherMethod).map(({ chain }) => chain);
  const parts = [
    match === undefined
      ? `No URL pattern matches ${what}.\n`
      : `${what} is answered by\n${indent(formatRoutes([routeOf(match.chain)]))}with ${inspect(match.params)}\n`,
  ];
  if (redirectsTo !== undefined) parts.push(`APPEND_SLASH redirects to ${redirectsTo}.\n`);
  if (otherMethods.length > 0)
    parts.push(`\nThese match the path, not the method:\n${table(otherMethods)}`);
  if (tried.length > 0)
    parts.push(
      `\nTried${match === undefined ? "" : " before"}, in this order:\n${table(tried.map(({ chain }) => chain))}`,
    );
  return parts.join("");
}

function table(chains: readonly Chain[]): string {
  return indent(formatRoutes(chains.map(routeOf)));
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

function explanationToJson({ path, method, match, tried, redirectsTo }: MatchExplanation): string {
  return toJson({
    path,
    method: method ?? null,
    match: match === undefined ? null : { ...routeOf(match.chain), params: match.params },
    redirectsTo: redirectsTo ?? null,
    tried: tried.map(({ chain, isOtherMethod }) => ({ ...routeOf(chain), isOtherMethod })),
  });
}

/** A value that JSON has no word for becomes a text. */
export function toJson(value: unknown): string {
  const plain = (_key: string, part: unknown): unknown =>
    typeof part === "bigint" ? String(part) : part;
  return `${JSON.stringify(value, plain, 2)}\n`;
}
