/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { include, path } from "../../../framework/urls/path.ts";
import type { URLInclude, URLPattern } from "../../../framework/urls/pattern.ts";
import type { Params, RegExpParams, RegExpRoute } from "../../../framework/urls/route-params.ts";
import type { RouteMap } from "../../../framework/urls/route-names.ts";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function assertType<_ extends true>(): void {}
type Flat<T> = { [K in keyof T]: T[K] };

assertType<
  Equal<
    Flat<Params<"polls/<int:pk>/<slug:title>/">>,
    { readonly pk: number; readonly title: string }
  >
>();
assertType<Equal<Flat<Params<"<name>/">>, { readonly name: string }>>();
assertType<Equal<keyof Params<"polls/">, never>>();

// path-to-regexp's own syntax.
assertType<Equal<Params<":id/*rest">, { readonly id: string; readonly rest: string }>>();
assertType<Equal<Params<':"a b"-:c.json'>, { readonly "a b": string; readonly c: string }>>();
assertType<Equal<Params<"<int:pk>/:_$Δ1/x">, { readonly pk: number; readonly _$Δ1: string }>>();
assertType<Equal<Params<"page{/:number}/">, { readonly number?: string }>>();
assertType<
  Equal<
    Params<":a{/<int:b>{-:c}}/<slug:d>">,
    { readonly a: string; readonly d: string; readonly b?: number; readonly c?: string }
  >
>();
assertType<Equal<keyof Params<"a\\:b/\\*c/\\{d\\}">, never>>();
assertType<Equal<Params<"a\\\\:b">, { readonly b: string }>>();
// Of a route that is not known before it runs, a view may ask what it likes.
path("x".repeat(3), (_request, { anything }: { anything: number }) => anything);

// Named groups of a regular expression.
assertType<
  Equal<
    RegExpParams<"^(?<year>[0-9]{4})/(?<=x)(?<!y)(?:a)(?<slug>.)$">,
    { readonly year?: string; readonly slug?: string }
  >
>();
assertType<
  Equal<
    RegExpParams<"^(?<year>[0-9]{4})/(?<slug>.)/$">,
    { readonly year: string; readonly slug: string }
  >
>();
assertType<Equal<RegExpParams<"^(?<a>x)?/(b)">, { readonly a?: string }>>();
assertType<Equal<RegExpParams<"^(?<a>x)|y">, { readonly a?: string }>>();
assertType<Equal<keyof RegExpParams<"^x/$">, never>>();
assertType<Equal<RegExpParams<"^(x)/$">["0"], string | undefined>>();
assertType<Equal<RegExpParams<string>, Readonly<Record<string, string | undefined>>>>();

const plain = (): HttpResponse => new HttpResponse();
const detail = (_request: HttpRequest, { pk }: { pk: number }): HttpResponse =>
  new HttpResponse(String(pk));
const titled = (_request: HttpRequest, { pk }: { pk: string }): HttpResponse =>
  new HttpResponse(pk);

const polls: readonly [
  ReturnType<typeof path<"<int:pk>/", "detail">>,
  ReturnType<typeof path<"<int:pk>/<slug:title>/", "titled">>,
] = [
  path("<int:pk>/", detail, { name: "detail" }),
  path("<int:pk>/<slug:title>/", detail, { name: "titled" }),
];
const patterns: readonly [
  ReturnType<typeof path<"", "home">>,
  ReturnType<typeof path<"<uuid:site>/polls/", "polls", typeof polls>>,
] = [
  path("", plain, { name: "home" }),
  path("<uuid:site>/polls/", include(polls, { namespace: "polls" })),
];

// @ts-expect-error -- int is a number
path("<int:pk>/", titled);
// @ts-expect-error -- the route has no pk
path("polls/", detail);
// @ts-expect-error -- no such converter
path("<itn:pk>/", detail);

type Map = RouteMap<typeof patterns>;
assertType<Equal<keyof Map, "home" | "polls:detail" | "polls:titled">>();
assertType<
  Equal<
    Flat<Map["polls:titled"]>,
    { readonly site: string; readonly pk: number; readonly title: string }
  >
>();
assertType<Equal<keyof Map["home"], never>>();

// What stands below a `rePath`-like route, and what has no name.
type Below = RouteMap<
  readonly [
    URLPattern<"unnamed/<int:pk>/", never>,
    URLInclude<
      RegExpRoute<"^(?<lang>..)/">,
      never,
      readonly [URLPattern<"<int:pk>/", "one">, URLPattern<RegExpRoute<"^(?<a>.)?$">, "two">]
    >,
  ]
>;
assertType<Equal<keyof Below, "one" | "two">>();
assertType<Equal<Below["one"], { readonly lang: string; readonly pk: number }>>();
assertType<Equal<Below["two"], { readonly lang: string; readonly a?: string }>>();

// An instance of an application is found by either name.
type Instance = RouteMap<
  readonly [
    URLInclude<"a/", "author-polls", readonly [URLPattern<"", "index">]> & {
      readonly appName: "polls";
    },
  ]
>;
assertType<Equal<keyof Instance, "author-polls:index" | "polls:index">>();

// What the compiler does not know can be reversed with anything.
type Unknown = RouteMap<
  readonly [URLPattern<RegExpRoute<string>, "a">, URLPattern<string, "b">, URLPattern<"c/", "c">]
>;
const unknown: Pick<Unknown, "a" | "b"> = { a: { year: "2003" }, b: { pk: 1 } };
assertType<Equal<keyof Unknown, "a" | "b" | "c">>();
path(unknown.a.year ?? "", plain);

// Patterns of one name are alternatives; an inner route may repeat a parameter.
type Same = RouteMap<
  readonly [URLPattern<"a/", "x">, URLPattern<"a/<int:pk>/", "x">, URLPattern<"b/<pk>/", "x">]
>;
assertType<Equal<keyof Same, "x">>();
assertType<
  Equal<
    Same["x"],
    { readonly [_ in never]: never } | { readonly pk: number } | { readonly pk: string }
  >
>();
