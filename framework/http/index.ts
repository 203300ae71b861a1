/** `minorswing/http`: requests and responses. */
export { type CookieOptions } from "./cookies.ts";
export { BadHeaderError, RequestHeaders, ResponseHeaders } from "./headers.ts";
export { type FullPathOptions } from "./full-path.ts";
export { MediaType } from "./media-type.ts";
export { type ProxyOptions, type Scheme } from "./origin.ts";
export { QueryDict, type QueryDictOptions } from "./query-dict.ts";
export { type Cookies, type HeadOptions, RequestHead } from "./request-head.ts";
export {
  DEFAULT_REQUEST_OPTIONS,
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
export { WSGIRequest } from "./wsgi-request.ts";
export { Http404 } from "../exceptions.ts";
export { MultiValueDict, type MultiValueSource } from "../utils/multi-value-dict.ts";
