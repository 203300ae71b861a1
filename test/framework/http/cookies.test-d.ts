/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type { CookieOptions } from "../../../framework/http/cookies.ts";
import { eventStream } from "../../../framework/http/event-stream.ts";
import { FileResponse } from "../../../framework/http/file-response.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import {
  HttpResponseNotFound,
  HttpResponseNotModified,
  JsonResponse,
} from "../../../framework/http/responses.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";

const response = new HttpResponse();
const shared: CookieOptions = { maxAge: 60, sameSite: "lax", secure: true };

response.setCookie("a", "b", { httpOnly: true, maxAge: 60, sameSite: "strict" });
response.setCookie("a", "b", { expires: new Date(), partitioned: true, secure: true });
response.setCookie("a", "b", shared).deleteCookie("a", shared);
// @ts-expect-error -- camelCase
response.setCookie("a", "b", { httponly: true });
// @ts-expect-error -- no such policy
response.setCookie("a", "b", { sameSite: "Lax" });
// @ts-expect-error -- seconds, not text
response.setCookie("a", "b", { maxAge: "60" });
// @ts-expect-error -- a Date
response.setCookie("a", "b", { expires: "tomorrow" });
// @ts-expect-error -- two ends of one life
response.setCookie("a", "b", { maxAge: 60, expires: new Date() });
// @ts-expect-error -- text
response.setCookie("a", 1);
// @ts-expect-error -- a deleted cookie has no life
response.deleteCookie("a", { maxAge: 60 });

// @ts-expect-error -- numbers are no content
void new HttpResponse(12);
// @ts-expect-error -- the class says the status
void new HttpResponseNotFound("", { status: 200 });
// @ts-expect-error -- no content, so no type
void new HttpResponseNotModified({ contentType: "text/plain" });
// @ts-expect-error -- true or false
void new JsonResponse({}, { safe: "yes" });
// @ts-expect-error -- text and bytes only
void new StreamingHttpResponse([1, 2]);
// @ts-expect-error -- produced while it is sent, so there is no content to have
void new StreamingHttpResponse("").content;
// @ts-expect-error -- camelCase
void new FileResponse("a", { as_attachment: true });
// @ts-expect-error -- data is text; JSON.stringify it
void eventStream([{ data: 1 }]);
