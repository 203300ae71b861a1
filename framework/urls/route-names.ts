/**
 * What the compiler knows of names: each with the parameters of all the routes it stands below.
 *
 * Layer 3 (urls). Types only. Names are gathered in one union and mapped once; the parameters of a name are worked
 * out when somebody asks.
 */
import type { AnyParameter, Assembled, ParametersOfEntry, Parameter } from "./route-params.ts";

/** All names of a list of entries with their parameters, as a union of pairs: made in one go, since an intersection grows slower with each part. */
type NamesIn<
  List,
  Above extends Parameter,
  Namespaces extends string,
> = List extends readonly (infer Entry)[] ? NamesOf<Entry, Above, Namespaces> : never;

// Inferred from the properties and not from the shapes: what is only `undefined` would become any string there.
type NamesOf<Entry, Above extends Parameter, Namespaces extends string> = Entry extends {
  readonly kind: "pattern";
  readonly route: infer Route extends string;
  readonly name: infer Name;
}
  ? [name: `${Namespaces}${Extract<Name, string>}`, parameters: Above | ParametersOfEntry<Route>]
  : Entry extends {
        readonly kind: "include";
        readonly route: infer Route extends string;
        readonly namespace: infer Namespace;
        readonly urlpatterns: infer List;
      }
    ? NamesIn<
        List,
        Above | ParametersOfEntry<Route>,
        Prefixed<Namespaces, Extract<Namespace, string> | AppNameOf<Entry>>
      >
    : never;

/** Where an include says which application it is an instance of, that name leads to its names too. */
type AppNameOf<Entry> = Entry extends { readonly appName: infer App }
  ? string extends App
    ? never
    : Extract<App, string>
  : never;

type Prefixed<Namespaces extends string, Namespace extends string> = [Namespace] extends [never]
  ? Namespaces
  : `${Namespaces}${Namespace}:`;

/** Patterns of one name are alternatives; hence distributive. */
type Alternatives<Each> = Each extends readonly [string, infer P extends Parameter]
  ? Assembled<P>
  : never;

/** From `typeof urlpatterns` to `{ "polls:detail": { pk: number }, … }`. */
export type RouteMap<List> = {
  [Each in NamesIn<List, never, ""> as Each[0]]: Alternatives<Each>;
};

/**
 * A project registers its root URLconf here, so that `reverse` knows its names everywhere:
 * `declare module "minorswing/urls" { interface Register { urlpatterns: typeof urlpatterns } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- empty until a project merges into it
export interface Register {}

/** Every name that can be reversed, with its parameters; anything goes until a project registers its patterns. */
export type Routes = Register extends { urlpatterns: infer List }
  ? RouteMap<List>
  : Record<string, Assembled<AnyParameter>>;

/** The parameters of the routes called `Name`. */
export type ReverseParams<Name extends keyof Routes> = Routes[Name];

/**
 * What follows the name in `reverse` and `redirect`: parameters may be left out when the route has none.
 * `Given` is what the caller wrote: nothing may stand in it that the route does not have, in a variable neither.
 */
export type ReverseArguments<Name extends keyof Routes, Given, Options> =
  // oxlint-disable-next-line typescript/no-empty-object-type -- "can be empty" is what is asked
  {} extends Routes[Name]
    ? [params?: (Given & Exactly<Given, Routes[Name]>) | undefined, options?: Options]
    : [params: Given & Exactly<Given, Routes[Name]>, options?: Options];

/** What is superfluous for each of the alternatives becomes an error at its key. */
type Exactly<Given, Alternative> = [Fitting<Given, Alternative>] extends [never]
  ? { readonly [Key in Exclude<keyof Given, keyof Alternative>]: never }
  : unknown;

type Fitting<Given, Alternative> = Alternative extends unknown
  ? Given extends Alternative
    ? keyof Given extends keyof Alternative
      ? Alternative
      : never
    : never
  : never;
