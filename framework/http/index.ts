/** `minorswing/http`: requests and responses. */
export { type CookieOptions } from "./cookies.ts";
export { BadHeaderError, RequestHeaders, ResponseHeaders } from "./headers.ts";
export { QueryDict, type QueryDictOptions } from "./query-dict.ts";
export {
  HttpRequest,
  RawPostDataException,
  type RequestExtensions,
  type RequestOptions,
} from "./request.ts";
export { HttpResponse, HttpResponseBase, reasonPhrase, type ResponseOptions } from "./response.ts";
export {
  HttpResponseBadRequest,
  HttpResponseForbidden,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseServerError,
  JsonResponse,
} from "./responses.ts";
export { StreamingHttpResponse } from "./streaming-response.ts";
export { Http404 } from "../exceptions.ts";
