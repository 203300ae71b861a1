/**
 * What the compiler knows of URLs: the parameters of a route, and every name with its parameters.
 *
 * Layer 3 (urls). Types only. No generated files: everything is inferred from `urlpatterns`.
 */
import type { HttpRequest } from "../http/request.ts";
import type { Converters } from "./converters.ts";

/** What a parameter with a mistyped converter gets: nothing that a view could ask for. */
export interface UnknownConverter<Name extends string> {
  readonly noConverterIsNamed: Name;
}

type Parameter<Text extends string> = Text extends `${infer Name}:${infer Key}`
  ? Name extends keyof Converters
    ? { readonly [K in Key]: Converters[Name] }
    : { readonly [K in Key]: UnknownConverter<Name> }
  : { readonly [K in Text]: string };

/** `"polls/<int:pk>/<slug:title>/"` → `{ pk: number } & { title: string }`. */
export type Params<Route extends string> = Route extends `${string}<${infer Inside}>${infer Rest}`
  ? Parameter<Inside> & Params<Rest>
  : // oxlint-disable-next-line typescript/no-empty-object-type -- no parameters: the neutral element of `&`
    {};

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

type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (
  value: infer I,
) => void
  ? I
  : never;

type Prefixed<Namespaces extends string, Namespace extends string> = [Namespace] extends [never]
  ? Namespaces
  : `${Namespaces}${Namespace}:`;

type NamesOf<Entry, Path extends string, Namespaces extends string> =
  Entry extends PatternShape<infer Route, infer Name>
    ? { [K in `${Namespaces}${Name}`]: Params<`${Path}${Route}`> }
    : Entry extends IncludeShape<infer Route, infer Namespace, infer List>
      ? NamesIn<List, `${Path}${Route}`, Prefixed<Namespaces, Namespace>>
      : unknown;

type NamesIn<List, Path extends string, Namespaces extends string> = List extends readonly unknown[]
  ? UnionToIntersection<{ [I in keyof List]: NamesOf<List[I], Path, Namespaces> }[number]>
  : unknown;

/** From `typeof urlpatterns` to `{ "polls:detail": { pk: number }, … }`. */
export type RouteMap<List> = NamesIn<List, "", "">;

/**
 * A project registers its root URLconf here, so that `reverse` knows its names everywhere:
 * `declare module "minorswing/urls" { interface Register { urlpatterns: typeof urlpatterns } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- empty until a project merges into it
export interface Register {}

/** Every name that can be reversed, with its parameters; anything goes until a project registers its patterns. */
export type Routes = Register extends { urlpatterns: infer List }
  ? RouteMap<List>
  : Record<string, object>;

/** The parameters argument of `reverse`: left out when the route has none. */
export type ReverseParams<Name extends keyof Routes> =
  // oxlint-disable-next-line typescript/no-empty-object-type -- "can be empty" is what is asked
  {} extends Routes[Name] ? Routes[Name] | undefined : Routes[Name];
