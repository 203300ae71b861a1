import { type HttpRequest, HttpResponse } from "minorswing/http";
import { redirect } from "minorswing/shortcuts";
import { reverse } from "minorswing/urls";

export function home(_request: HttpRequest) {
  return redirect("search");
}

export const search = (_request: HttpRequest, { words }: { words?: string }) =>
  new HttpResponse(words === undefined ? reverse("search") : reverse("search", { words }));

export function archive() {
  return new HttpResponse(reverse("files", { rest: "a/b" }, { query: { a: 1 }, fragment: "x" }));
}

export const versioned = () => redirect("api.v2", { pk: 1 }, { permanent: true });

export const unnamed = () => redirect("leak");
