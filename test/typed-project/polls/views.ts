import type { HttpRequest, HttpResponse } from "minorswing/http";
import { HttpResponse as Response } from "minorswing/http";
import { redirect } from "minorswing/shortcuts";
import { reverse } from "minorswing/urls";

declare module "minorswing/urls" {
  interface Converters {
    month: { readonly year: number; readonly month: number };
  }
}

// None of these says what it returns, and all of them reverse names of the list they stand in.

export function detail(_request: HttpRequest, { pk }: { pk: number }) {
  return redirect("polls:choices:choice", { site: "a", pk, choice: 1 });
}

export async function choices(_request: HttpRequest, params: { choice: number; pk?: number }) {
  return new Response(reverse("polls:detail", { site: "a", pk: params.choice }));
}

export const month = (_request: HttpRequest, { when }: { when: { year: number } }) =>
  new Response(reverse("archive", { year: when.year }));

function onlyGet<V extends (request: HttpRequest, params: never) => unknown>(view: V): V {
  return view;
}

export const wrapped = onlyGet((_request: HttpRequest): HttpResponse =>
  redirect("polls:wrapped", { site: "x" }),
);
