/**
 * The page for a 404 with DEBUG: why, every pattern that was tried, and what may have been meant.
 *
 * Layer 6 (views). Source: Django views/debug.py (`technical_404_response`).
 * Differs from Django: text and JSON for whoever wants them, suggestions, which part of each pattern fits.
 */
import type { HttpRequest } from "../../http/request.ts";
import type { HttpResponse } from "../../http/response.ts";
import type { URLEntry } from "../../urls/pattern.ts";
import { Resolver404 } from "../../urls/resolver.ts";
import { errorMessage } from "../../utils/describe.ts";
import { escapeControls } from "./error-text.ts";
import { notFoundHtml } from "./not-found-html.ts";
import type { NotFoundReport, TriedPattern } from "./not-found-report.ts";
import { preferredFormat } from "./preferred-format.ts";
import type { Row } from "./report.ts";
import { requestFacts, secretsOf } from "./request-report.ts";
import { debugResponse, editorAddress, nonceOf } from "./respond.ts";
import { suggestPaths } from "./suggest-paths.ts";

/** Of a site with thousands of patterns. */
const MOST_PATTERNS = 300;

const EXPLANATION =
  "You see this page because DEBUG is true in the settings. With DEBUG: false it is the page of handler404.";

export function technical404Response(request: HttpRequest, error: unknown): HttpResponse {
  const report = reportNotFound(request, error);
  const format = preferredFormat(request.META.HTTP_ACCEPT);
  if (format === "text/html") {
    const serving = { nonce: nonceOf(request), editor: editorAddress(request.META) };
    return debugResponse(notFoundHtml(report, serving), "text/html; charset=utf-8", 404);
  }
  if (format === "application/json") {
    return debugResponse(
      `${JSON.stringify(toJson(report), undefined, 2)}\n`,
      "application/json",
      404,
    );
  }
  return debugResponse(notFoundText(report), "text/plain; charset=utf-8", 404);
}

/** `polls/ <int:pk>/ [name='detail'] (urls.ts:7)`. */
function describePattern({ routes, label, location }: TriedPattern): string {
  const name = label === "" ? "" : ` [${label}]`;
  return `${routes.map((route) => route || "(empty)").join(" ")}${name} (${location})`;
}

function reportNotFound(request: HttpRequest, error: unknown): NotFoundReport {
  const isSecret = secretsOf(request);
  const byPatterns = error instanceof Resolver404;
  const tried = byPatterns ? error.tried.slice(0, MOST_PATTERNS).map(describeChain) : undefined;
  return {
    path: request.path,
    method: request.method,
    reason: byPatterns ? `No URL pattern matches ${request.path}` : errorMessage(error),
    tried,
    suggestions: byPatterns ? suggestPaths(request) : [],
    facts: [...requestFacts(request, isSecret), ...settingsFacts(request)],
    explanation: EXPLANATION,
  };
}

function settingsFacts(request: HttpRequest): Row[] {
  if (!("app" in request)) return [];
  const specifier = /import\(\s*(["'`])(.+?)\1/.exec(
    String(request.app.settings.ROOT_URLCONF),
  )?.[2];
  return specifier === undefined ? [] : [["URLconf", specifier]];
}

function describeChain(chain: readonly URLEntry[]): TriedPattern {
  const last = chain.at(-1);
  return {
    routes: chain.map((entry) => entry.route),
    label: labelOf(last),
    location: last?.location ?? "unknown",
    isPartMatched: chain.length > 1,
  };
}

function labelOf(entry: URLEntry | undefined): string {
  if (entry?.kind === "pattern" && entry.name !== undefined) return `name='${entry.name}'`;
  if (entry?.kind === "include" && entry.namespace !== undefined)
    return `namespace='${entry.namespace}'`;
  return "";
}

function notFoundText(report: NotFoundReport): string {
  const { path, reason, suggestions, tried, facts, explanation } = report;
  const parts = [
    `Page not found (404) at ${path}\n${reason}`,
    suggestions.length === 0 ? "" : `Did you mean ${suggestions.join(" or ")}?`,
    facts.map(([name, value]) => `${name}: ${value}`).join("\n"),
    tried === undefined || tried.length === 0
      ? ""
      : `Tried, in this order:\n${tried.map((pattern) => `  ${describePattern(pattern)}`).join("\n")}`,
    explanation,
  ];
  return escapeControls(`${parts.filter((part) => part !== "").join("\n\n")}\n`);
}

function toJson({ path, reason, tried, suggestions }: NotFoundReport): object {
  const patterns = tried?.map(({ routes, label, location }) => ({
    route: routes.join(""),
    label,
    location,
  }));
  return {
    error: { name: "Http404", message: reason, status: 404, path, suggestions, tried: patterns },
  };
}
