/**
 * What the compiler knows of one route: its parameters, and the view that takes them. Names are those of route-names.ts.
 *
 * Layer 3 (urls). Types only. No generated files: everything is inferred from `urlpatterns`.
 * Cost: only a route in path-to-regexp's own syntax is read character by character. docs/measurements.md has figures.
 */
import type { HttpRequest } from "../http/request.ts";
import type { Converters } from "./converters.ts";

/** What a parameter with a mistyped converter gets: nothing that a view could ask for. */
export interface UnknownConverter<Name extends string> {
  readonly noConverterIsNamed: Name;
}

/** One parameter: its key, its value's type, and whether a match may be without it. */
export type Parameter = readonly [key: string, value: unknown, presence: Presence];
type Presence = "always" | "sometimes";

/** The inside of `<…>`. */
type Bracketed<
  Inside extends string,
  P extends Presence,
> = Inside extends `${infer Name}:${infer Key}`
  ? [Key, Name extends keyof Converters ? Converters[Name] : UnknownConverter<Name>, P]
  : [Inside, string, P];

/** All parameters of a route, as a union. Its text is split at the brackets; the rest needs a closer look. */
type ParametersOf<Route extends string> = string extends Route
  ? AnyParameter
  : Route extends `${string}{${string}` | `${string}*${string}` | `${string}\\${string}`
    ? Scan<Route>
    : ParametersBetweenBrackets<Route>;

/** Of a route that the compiler does not know. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type AnyParameter = [string, any, "sometimes"];

type ParametersBetweenBrackets<Route extends string> =
  Route extends `${infer Text}<${infer Inside}>${infer Rest}`
    ?
        | (Text extends `${string}:${string}` ? Scan<Text> : never)
        | Bracketed<Inside, "always">
        | ParametersBetweenBrackets<Rest>
    : Route extends `${string}:${string}`
      ? Scan<Route>
      : never;

/** What ends a `:name`: any punctuation that no identifier has. */
type Punctuation =
  | " "
  | "!"
  | '"'
  | "#"
  | "%"
  | "&"
  | "'"
  | "("
  | ")"
  | "*"
  | "+"
  | ","
  | "-"
  | "."
  | "/"
  | ":"
  | ";"
  | "<"
  | "="
  | ">"
  | "?"
  | "@"
  | "["
  | "\\"
  | "]"
  | "^"
  | "`"
  | "{"
  | "|"
  | "}"
  | "~";

/**
 * path-to-regexp's syntax, character by character: `:name`, `:"name"`, `*name`, `{optional}` and `\` before what
 * stands for itself. `Depth` has one element per group that is open. Tail-recursive: up to 1,000 characters.
 */
type Scan<
  Text extends string,
  Depth extends readonly unknown[] = [],
  Found extends Parameter = never,
> = Text extends `${infer Character}${infer Rest}`
  ? Character extends "<" | "\\" | "{" | "}" | ":" | "*"
    ? ScanSpecial<Character, Rest, Depth, Found>
    : Scan<Rest, Depth, Found>
  : Found;

type ScanSpecial<
  Character extends string,
  Rest extends string,
  Depth extends readonly unknown[],
  Found extends Parameter,
> = Character extends ":" | "*"
  ? ScanName<Rest, "", Depth, Found>
  : Character extends "{"
    ? Scan<Rest, [...Depth, unknown], Found>
    : Character extends "}"
      ? Scan<Rest, Depth extends readonly [unknown, ...infer Outer] ? Outer : [], Found>
      : Character extends "<"
        ? Rest extends `${infer Inside}>${infer After}`
          ? Scan<After, Depth, Found | Bracketed<Inside, PresenceAt<Depth>>>
          : Scan<Rest, Depth, Found>
        : Rest extends `${string}${infer After}`
          ? Scan<After, Depth, Found>
          : Found;

type ScanName<
  Text extends string,
  Name extends string,
  Depth extends readonly unknown[],
  Found extends Parameter,
> = Text extends `"${infer Quoted}"${infer Rest}`
  ? Scan<Rest, Depth, Found | [Quoted, string, PresenceAt<Depth>]>
  : Text extends `${infer Character}${infer Rest}`
    ? Character extends Punctuation
      ? Scan<Text, Depth, Found | [Name, string, PresenceAt<Depth>]>
      : ScanName<Rest, `${Name}${Character}`, Depth, Found>
    : Found | [Name, string, PresenceAt<Depth>];

type PresenceAt<Depth extends readonly unknown[]> = Depth extends readonly []
  ? "always"
  : "sometimes";

/** A union of parameters as one object. */
export type Assembled<P extends Parameter> = [
  Extract<P, readonly [string, unknown, "sometimes"]>,
] extends [never]
  ? { readonly [Each in P as Each[0]]: Each[1] }
  : Flat<
      { readonly [Each in P as Each[2] extends "always" ? Each[0] : never]: Each[1] } & {
        readonly [Each in P as Each[2] extends "sometimes" ? Each[0] : never]?: Each[1];
      }
    >;

type Flat<T> = { [K in keyof T]: T[K] };

/** `"polls/<int:pk>/<slug:title>/"` → `{ readonly pk: number; readonly title: string }`. */
export type Params<Route extends string> = string extends Route
  ? // oxlint-disable-next-line typescript/no-explicit-any -- a view may ask a route that is not known for what it likes
    any
  : Assembled<ParametersOf<Route>>;

/** Marks, for the compiler only, the route of a `rePath`: its parameters are named groups. */
declare const regularExpression: unique symbol;

/** The route of a `rePath`. */
export type RegExpRoute<Source extends string> = Source & { readonly [regularExpression]: Source };

/** The named groups of a regular expression, as a union. */
type GroupsOf<
  Source extends string,
  P extends Presence,
> = Source extends `${string}(?<${infer Rest}`
  ? Rest extends `${"=" | "!"}${string}`
    ? GroupsOf<Rest, P>
    : Rest extends `${infer Name}>${infer After}`
      ? [Name, string, P] | GroupsOf<After, P>
      : never
  : never;

/** What can make a group take no part in a match. */
type Sometimes = ")?" | ")*" | "){0" | "|" | "(?!" | "(?<!";

/**
 * `"^articles/(?<year>[0-9]{4})/$"` → `{ readonly year: string }`. Where the expression has alternatives or optional
 * groups, each of its parameters may be absent: which ones would take a parser to say.
 */
export type RegExpParams<Source extends string> = string extends Source
  ? Readonly<Record<string, string | undefined>>
  : Assembled<RegExpParametersOf<Source>>;

type RegExpParametersOf<Source extends string> = [GroupsOf<Source, Presence>] extends [never]
  ? Source extends `${string}(${string}`
    ? // Groups that have numbers for names.
      [string, string, "sometimes"]
    : string extends Source
      ? [string, string, "sometimes"]
      : never
  : GroupsOf<Source, Source extends `${string}${Sometimes}${string}` ? "sometimes" : "always">;

/**
 * A view. Why `any`: a view that calls `reverse` depends on `urlpatterns`, which depends on the view;
 * as long as `path` does not ask for the view's return type, the compiler sees no circle. A view that
 * returns no response is caught at run time, by name.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type View<P = any> = (request: HttpRequest, params: P) => any;

/** The shape of one entry of `urlpatterns`, as far as types go. */
export interface PatternShape<Route extends string, Name extends string> {
  readonly kind: "pattern";
  readonly route: Route;
  readonly name: Name | undefined;
}

/** The shape of an `include`, as far as types go. */
export interface IncludeShape<Route extends string, Namespace extends string, List> {
  readonly kind: "include";
  readonly route: Route;
  readonly namespace: Namespace | undefined;
  readonly urlpatterns: List;
}

/** The parameters of the route of an entry, of either kind, as a union. */
export type ParametersOfEntry<Route extends string> =
  Route extends RegExpRoute<infer Source> ? RegExpParametersOf<Source> : ParametersOf<Route>;
