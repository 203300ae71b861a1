/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { include, path } from "../../../framework/urls/path.ts";
import type { Params, RouteMap } from "../../../framework/urls/route-params.ts";

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
