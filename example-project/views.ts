/**
 * Views of the example project that belong to no part of it.
 */
import type { HttpRequest, HttpResponse } from "minorswing/http";
import { render } from "minorswing/shortcuts";
import { allTunes } from "./tunes/tunes.ts";

/** The front page; greets who has been here before. */
export function home(request: HttpRequest): HttpResponse {
  const visits = Number(request.COOKIES.visits ?? 0) + 1;
  const response = render(request, "home.html", { visits, count: allTunes().length });
  response.setCookie("visits", String(visits), { httpOnly: true, sameSite: "lax" });
  return response;
}
