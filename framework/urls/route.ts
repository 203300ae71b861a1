/**
 * A route such as `"polls/<int:pk>/"`: parsed once into parts, an expression to match with and a template to reverse with.
 *
 * Layer 3 (urls). Pure. Errors: `ImproperlyConfigured` that quotes the route and says what was expected.
 * Source: Django urls/resolvers.py (`_route_to_regex`). path-to-regexp does the parsing, so that escapes
 * (`\:`), optional groups (`{…}`) and its own `:name` and `*name` mean what its users expect; the
 * expression is ours, because converters decide what matches and how it back-tracks.
 */
import { parse, PathError, type Token } from "path-to-regexp";
import { ImproperlyConfigured } from "../exceptions.ts";
import { nearest } from "../utils/nearest.ts";
import { type Converter, converterNames, getConverter } from "./converters.ts";

export interface ParameterPart {
  readonly kind: "parameter";
  /** That of a group without a name, in a regular expression, is its number, from 0 on. */
  readonly name: string;
  readonly converter: Converter<unknown>;
}

/** One part of a route, in order. */
export type RoutePart =
  | ParameterPart
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "optional"; readonly parts: readonly RoutePart[] };

/** What is there in every path that matches. */
export type PlainPart = Exclude<RoutePart, { kind: "optional" }>;

export interface Route {
  /** As the project wrote it. */
  readonly source: string;
  /** What to build a path from; of a regular expression, `undefined` when it says too little for that. */
  readonly parts: readonly RoutePart[] | undefined;
  /** Parameter names in order. */
  readonly names: readonly string[];
  /** The whole text, when there are no parameters: compared instead of matched. */
  readonly literal: string | undefined;
  /** That of `rePath`. */
  readonly expression?: RegExp;
}

const ANGLE = /<(?:([^<>:]*):)?([^<>]*)>/g;

export function parseRoute(source: string): Route & { readonly parts: readonly RoutePart[] } {
  const converterOf = new Map<string, string>();
  const path = source.replaceAll(ANGLE, (found, converter: string | undefined, name: string) => {
    checkParameter(source, found, converter ?? "str", name);
    if (converterOf.has(name)) {
      throw new ImproperlyConfigured(
        `URL route '${source}' uses parameter name '${name}' more than once.`,
      );
    }
    converterOf.set(name, converter ?? "str");
    return `:"${name}"`;
  });
  const parts = toParts(parseTokens(source, path), converterOf);
  const text = parts.map((part) => (part.kind === "text" ? part.text : ""));
  return {
    source,
    parts,
    names: [...parametersOf(parts)].map((part) => part.name),
    literal: parts.every((part) => part.kind === "text") ? text.join("") : undefined,
  };
}

/** The expression for a list of parts, each parameter a group, in order of appearance. */
export function toExpression(parts: readonly RoutePart[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return RegExp.escape(part.text);
      if (part.kind === "parameter") return `(${part.converter.regex})`;
      return `(?:${toExpression(part.parts)})?`;
    })
    .join("");
}

/** All parameters of a list of parts, those of optional groups included. */
export function* parametersOf(parts: readonly RoutePart[]): Generator<ParameterPart> {
  for (const part of parts) {
    if (part.kind === "parameter") yield part;
    else if (part.kind === "optional") yield* parametersOf(part.parts);
  }
}

function checkParameter(source: string, found: string, converter: string, name: string): void {
  if (/\s/.test(found)) {
    throw new ImproperlyConfigured(
      `URL route '${source}' cannot contain whitespace in angle brackets <…>.`,
    );
  }
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    throw new ImproperlyConfigured(
      `URL route '${source}' uses parameter name '${name}' which isn't a valid identifier.`,
    );
  }
  if (getConverter(converter) === undefined) {
    const meant = nearest(converter, converterNames());
    throw new ImproperlyConfigured(
      `URL route '${source}' uses invalid converter '${converter}'${meant === undefined ? "" : `; did you mean '${meant}'?`} ` +
        `Known converters: ${converterNames().join(", ")}.`,
    );
  }
}

function parseTokens(source: string, path: string): readonly Token[] {
  try {
    return parse(path).tokens;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new ImproperlyConfigured(
      `URL route '${source}' cannot be parsed: ${error.message.split(": http", 1)[0]}. ` +
        String.raw`Write \ before { } ( ) [ ] + ? ! : * to mean the character itself.`,
      { cause: error },
    );
  }
}

function toParts(tokens: readonly Token[], converterOf: ReadonlyMap<string, string>): RoutePart[] {
  return tokens.map((token): RoutePart => {
    if (token.type === "text") return { kind: "text", text: token.value };
    if (token.type === "group")
      return { kind: "optional", parts: toParts(token.tokens, converterOf) };
    const converter = converterOf.get(token.name) ?? (token.type === "wildcard" ? "path" : "str");
    return { kind: "parameter", name: token.name, converter: requireConverter(converter) };
  });
}

function requireConverter(name: string): Converter<unknown> {
  const converter = getConverter(name);
  if (converter === undefined) throw new ImproperlyConfigured(`no converter is named '${name}'`);
  return converter;
}
