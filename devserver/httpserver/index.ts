/** `minorswing/devserver/httpserver`: HTTP/1.1 over `socketserver`, after Python's `http.server`. */
export { BaseHTTPRequestHandler } from "./base-http-request-handler.ts";
export { ChunkedDecoder } from "./chunked-decoder.ts";
export type { Content } from "./content.ts";
export type { ListedEntry } from "./directory-listing.ts";
export { DEFAULT_ERROR_CONTENT_TYPE, DEFAULT_ERROR_MESSAGE } from "./error-page.ts";
export { HTTPRequestError } from "./http-error.ts";
export { HTTPHeaders } from "./http-headers.ts";
export type { ProtocolVersion } from "./http-responder.ts";
export { HTTPServer } from "./http-server.ts";
export { DEFAULT_LIMITS, type HTTPLimits } from "./limits.ts";
export { RequestBody } from "./request-body.ts";
export { RESPONSES, type Responses } from "./responses.ts";
export { SimpleHTTPRequestHandler } from "./simple-http-request-handler.ts";
export { ThreadingHTTPServer } from "./threading-http-server.ts";
export { parseRequestHead, type RequestHead } from "./request-head.ts";
