/**
 * Routes that are regular expressions: `rePath`.
 *
 * Layer 3 (urls). Errors: `ImproperlyConfigured` for an expression that does not compile.
 * Source: Django urls/resolvers.py (`RegexPattern`): the author anchors; what an include left is searched as if it were
 * the whole path; with a group that has a name, those without are ignored.
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import { errorMessage } from "../utils/describe.ts";
import { reversibleParts } from "./regex-reverse.ts";
import { RegexReader } from "./regex-source.ts";
import type { Route } from "./route.ts";
import { NO_PARAMS, NONE, type RouteMatch, type RouteMatcher } from "./route-matcher.ts";

export class RegexMatcher implements RouteMatcher {
  readonly route: Route;
  readonly #expression: RegExp;

  constructor(regex: RegExp | string, whole: boolean) {
    const source = sourceOf(regex);
    const expression = compile(source, flagsOf(regex));
    this.#expression =
      whole && source.endsWith("$") ? compile(`^(?:${source})$`, expression.flags) : expression;
    const parts = reversibleParts(source);
    this.route = {
      source,
      parts,
      names: namesOf(expression),
      literal: literalOf(source, expression, whole),
      expression,
    };
  }

  match(path: string, start: number): RouteMatch | undefined {
    const found = this.#expression.exec(path.slice(start));
    if (found === null) return undefined;
    const end = start + found.index + found[0].length;
    const params = valuesOf(found.groups);
    const unnamed = params === NO_PARAMS && found.length > 1 ? found.slice(1) : NONE;
    return { params, unnamed, end };
  }

  endOf(path: string, start: number): number | undefined {
    const found = this.#expression.exec(path.slice(start));
    return found === null ? undefined : start + found.index + found[0].length;
  }
}

/** The text that everything the expression matches begins with, and whether that is all it matches. */
export function literalPrefix(expression: RegExp): { text: string; isWhole: boolean } {
  const source = sourceOf(expression);
  if (!source.startsWith("^") || /[im]/.test(expression.flags)) return { text: "", isWhole: false };
  const reader = new RegexReader(source.slice(1));
  let text = "";
  let isWhole = true;
  while (!reader.isAtEnd) {
    const atom = reader.next();
    const quantifier = reader.quantifier();
    // One branch of several: where the others begin does not matter any more.
    if (atom.kind === "or") return { text: "", isWhole: false };
    if (isWhole && atom.kind === "text" && quantifier === undefined) text += atom.text;
    else if (!(atom.kind === "assertion" && reader.isAtEnd && source.endsWith("$")))
      isWhole = false;
    if (atom.kind === "open") reader.skipGroup();
  }
  return { text, isWhole };
}

/** As the project wrote it: a `/` is escaped by the notation `/…/` only. */
export function sourceOf(regex: RegExp | string): string {
  if (typeof regex === "string") return regex;
  const source = regex.source === "(?:)" ? "" : regex.source;
  return source.replaceAll(/\\(.)/gs, (escape, character: string) =>
    character === "/" ? "/" : escape,
  );
}

/** Without `g` and `y`: where to begin is for the resolver to say. */
function flagsOf(regex: RegExp | string): string {
  return typeof regex === "string" ? "" : regex.flags.replaceAll(/[gyd]/g, "");
}

function compile(source: string, flags: string): RegExp {
  const python = /^(?:[^\\]|\\[^AZ])*?(\\[AZ]|\(\?P[<=])/.exec(source)?.[1];
  if (python !== undefined) {
    throw new ImproperlyConfigured(
      `"${source}" is not a valid regular expression: ${python} is Python's; ` +
        String.raw`write ^ for \A, $ for \Z, (?<name>…) for (?P<name>…) and \k<name> for (?P=name).`,
    );
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new ImproperlyConfigured(
      `"${source}" is not a valid regular expression: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}

/** An expression without parameters that matches nothing but one text. A prefix without `$` may be searched for what follows too. */
function literalOf(source: string, expression: RegExp, whole: boolean): string | undefined {
  const { text, isWhole } = literalPrefix(expression);
  return isWhole && whole === source.endsWith("$") ? text : undefined;
}

function namesOf(expression: RegExp): string[] {
  const groups = new RegExp(`${expression.source}|`, expression.flags).exec("")?.groups;
  return Object.keys(groups ?? {});
}

/** Groups that took no part are left out, as in Django. */
function valuesOf(groups: Record<string, string | undefined> | undefined): RouteMatch["params"] {
  if (groups === undefined) return NO_PARAMS;
  const params: Record<string, string> = {};
  for (const [name, text] of Object.entries(groups)) if (text !== undefined) params[name] = text;
  return params;
}
