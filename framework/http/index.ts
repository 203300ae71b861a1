/** `minorswing/http`: requests and responses. */
export {
  addNeverCacheHeaders,
  type CacheControlOptions,
  type FieldDirective,
  getMaxAge,
  hasCacheDirective,
  patchCacheControl,
  patchResponseHeaders,
} from "./cache-control.ts";
export { answerConditions, applyConditions, setResponseEtag } from "./conditional-response.ts";
export { type Conditions, parseEtags, quoteEtag, type Validators } from "./conditional.ts";
export { type CookieAttributes, type CookieOptions, type Cookies } from "./cookies.ts";
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
export { type PagePolicies } from "./page-policies.ts";
export { QueryDict, type QueryDictOptions } from "./query-dict.ts";
export { type HeadOptions, RequestHead } from "./request-head.ts";
export {
  DEFAULT_REQUEST_OPTIONS,
  HttpRequest,
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
export { UnreadablePostError } from "./body-input.ts";
export {
  type BodyIssue,
  InvalidRequestBody,
  type SchemaOutput,
  type StandardIssue,
  type StandardResult,
  type StandardSchema,
} from "./json-body.ts";
export { RawPostDataException } from "./request-body.ts";
export { SuspiciousFileOperation } from "./uploads/file-names.ts";
export { MemoryFileUploadHandler } from "./uploads/memory-handler.ts";
export { MultiPartParserError } from "./uploads/multipart-error.ts";
export { QuotaUploadHandler } from "./uploads/quota-handler.ts";
export { TemporaryFileUploadHandler } from "./uploads/temporary-file-handler.ts";
export {
  FileUploadHandler,
  type FileUploadHandlerClass,
  type NewFile,
  type ParsedForm,
  type RawInput,
  SkipFile,
  StopFutureHandlers,
  StopUpload,
  UploadFileException,
  type UploadOptions,
} from "./uploads/upload-handlers.ts";
export {
  InMemoryUploadedFile,
  SimpleUploadedFile,
  TemporaryUploadedFile,
  UploadedFile,
} from "./uploads/uploaded-file.ts";
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
export { hasVaryHeader, patchVaryHeaders } from "./vary.ts";
export { WSGIRequest } from "./wsgi-request.ts";
export { MultiValueDict, type MultiValueSource } from "../utils/multi-value-dict.ts";
export { type AllowedUrlOptions, urlHasAllowedHostAndScheme } from "../utils/allowed-url.ts";
export { Http404, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent } from "../exceptions.ts";
