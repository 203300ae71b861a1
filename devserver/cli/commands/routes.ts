/** `devserver routes`: the URL patterns of the project, in the order in which they are tried. */
import type { ParseArgsOptionsConfig } from "node:util";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { chainsOf } from "../../../framework/urls/chain.ts";
import { explainMatch, takesMethod } from "../../../framework/urls/explain-match.ts";
import { loadApplication } from "../project/load-project.ts";
import { formatExplanation, formatRoutes, routeOf, toJson } from "../project/route-list.ts";

export const summary = "list the project's URL patterns, or say which one answers a path";
export const usage = "routes [--match PATH] [--method METHOD] [--json]";
export const options: ParseArgsOptionsConfig = {
  match: { type: "string" },
  method: { type: "string" },
  json: { type: "boolean" },
};
export const help: Readonly<Record<string, string>> = {
  match: "which pattern answers this path, and which were tried before it",
  method: "only patterns that take this request method",
  json: "print JSON",
};
export const maxPositionals = 0;

/** Returns the exit code: 1 when nothing matches. */
export async function run(context: CommandContext): Promise<number> {
  const { values, stdout } = context;
  const { resolver, settings } = await loadApplication(context);
  const method = typeof values.method === "string" ? values.method.toUpperCase() : undefined;
  const isJson = values.json === true;
  if (typeof values.match !== "string") {
    const chains = [...chainsOf(resolver.urlpatterns)];
    const routes = chains.filter((chain) => takesMethod(chain, method)).map(routeOf);
    stdout.write(isJson ? toJson(routes) : formatRoutes(routes));
    return 0;
  }
  const path = parsePath(values.match);
  const found = explainMatch(resolver.urlpatterns, path, method);
  const withSlash = settings.APPEND_SLASH && !path.endsWith("/") ? `${path}/` : undefined;
  const redirectsTo =
    found.match === undefined && withSlash !== undefined && resolver.isValidPath(withSlash)
      ? withSlash
      : undefined;
  const explanation = { path, method, redirectsTo, ...found };
  stdout.write(formatExplanation(explanation, isJson));
  return found.match === undefined ? 1 : 0;
}

/** As a browser would ask for it: percent-encoded, with or without a query, with or without the first slash. */
function parsePath(text: string): string {
  const [path = ""] = text.split(/[?#]/, 1);
  try {
    return decodeURIComponent(path.startsWith("/") ? path : `/${path}`);
  } catch (error) {
    throw new CommandError(`--match takes a path; found ${JSON.stringify(text)}.`, {
      cause: error,
    });
  }
}
