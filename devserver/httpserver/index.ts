/** `minorswing/devserver/httpserver`: HTTP/1.1 over `socketserver`, after Python's `http.server`. */
export { BaseHTTPRequestHandler } from "./base-http-request-handler.ts";
export { ChunkedDecoder } from "./chunked-decoder.ts";
export { HTTPRequestError } from "./http-error.ts";
export { HTTPHeaders } from "./http-headers.ts";
export { HTTPServer } from "./http-server.ts";
export { DEFAULT_LIMITS, type HTTPLimits } from "./limits.ts";
export { RequestBody } from "./request-body.ts";
export { SimpleHTTPRequestHandler } from "./simple-http-request-handler.ts";
export { parseRequestHead, type RequestHead } from "./request-head.ts";
