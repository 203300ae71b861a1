/** `minorswing/http`: requests and responses. */
export { type CookieAttributes, type CookieOptions } from "./cookies.ts";
export {
  eventStream,
  type EventStreamOptions,
  formatEvent,
  type ServerSentEvent,
} from "./event-stream.ts";
export { FileResponse, type FileResponseOptions, type FileSource } from "./file-response.ts";
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
export {
  HttpResponse,
  HttpResponseBase,
  type Piece,
  reasonPhrase,
  type ResponseOptions,
} from "./response.ts";
export {
  HttpResponseBadRequest,
  HttpResponseForbidden,
  HttpResponseGone,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponseNotModified,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseServerError,
  JsonResponse,
  type JsonResponseOptions,
  type RedirectOptions,
} from "./responses.ts";
export { type PieceSource } from "./body-source.ts";
export { StreamingHttpResponse } from "./streaming-response.ts";
export { WSGIRequest } from "./wsgi-request.ts";
export { Http404 } from "../exceptions.ts";
export { MultiValueDict, type MultiValueSource } from "../utils/multi-value-dict.ts";
export { type AllowedUrlOptions, urlHasAllowedHostAndScheme } from "../utils/allowed-url.ts";
