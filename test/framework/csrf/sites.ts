/**
 * Sites with CSRF protection, and requests that are good unless they are spoilt.
 */
import type { SettingsInput } from "../../../framework/conf/define-settings.ts";
import { csrfFailure } from "../../../framework/csrf/failure-view.ts";
import { csrfMiddleware } from "../../../framework/csrf/middleware.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { path } from "../../../framework/urls/path.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import { type Answer, call, makeApplication, type RequestSketch } from "../../support/wsgi.ts";
import { MASKED_TEST_SECRET1, MASKED_TEST_SECRET2 } from "./vectors.ts";

/** Shows a token, as a page with a form does. */
export const tokenView = (request: HttpRequest): HttpResponse =>
  new HttpResponse(request.getCsrfToken?.() ?? "no token");

export const plainView = (): HttpResponse => new HttpResponse("OK");

/** The framework's page, with the reason where tests find it. */
function failureView(request: HttpRequest, reason: string): HttpResponse {
  const response = csrfFailure(request, reason);
  response.headers.set("X-Reason", reason);
  return response;
}

/** The answer of a site with the middleware and one view. */
export async function ask(
  sketch: RequestSketch,
  settings: Partial<SettingsInput> = {},
  view: View = plainView,
): Promise<Answer> {
  const application = await makeApplication([path("", view)], {
    MIDDLEWARE: [csrfMiddleware],
    CSRF_FAILURE_VIEW: failureView,
    ...settings,
  });
  return await call(application, sketch);
}

/** A form with a token in it; `null` for none. */
export function form(
  token: string | null = MASKED_TEST_SECRET2,
  environ: Readonly<Record<string, unknown>> = {},
  cookie: string | null = MASKED_TEST_SECRET1,
): RequestSketch {
  const body = token === null ? "a=1" : `a=1&csrfmiddlewaretoken=${encodeURIComponent(token)}`;
  return {
    method: "POST",
    body: [body],
    environ: {
      CONTENT_TYPE: "application/x-www-form-urlencoded",
      CONTENT_LENGTH: String(body.length),
      ...(cookie !== null && { HTTP_COOKIE: `csrftoken=${cookie}` }),
      ...environ,
    },
  };
}

/** The same over TLS, without an Origin. */
export function secureForm(environ: Readonly<Record<string, unknown>> = {}): RequestSketch {
  return form(undefined, {
    "wsgi.url_scheme": "https",
    HTTP_HOST: "www.example.com",
    SERVER_PORT: "443",
    ...environ,
  });
}

/** Why a request was refused. */
export function reasonOf(answer: Answer): string | undefined {
  return answer.header("X-Reason");
}

/** The value of the cookie that an answer sets. */
export function cookieOf(answer: Answer, name = "csrftoken"): string | undefined {
  return new RegExp(`^${name}=(\\w*)`).exec(answer.header("Set-Cookie") ?? "")?.[1];
}
