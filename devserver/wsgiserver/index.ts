/** `minorswing/devserver/wsgiserver`: WSGI over `httpserver`, after Python's `wsgiref`. */
export { fileWrapper } from "./file-wrapper.ts";
export { ServerHandler } from "./server-handler.ts";
export {
  type LogDetails,
  type LogStream,
  type ServerLogger,
  StreamLogger,
} from "./server-logger.ts";
export { WSGIRequestHandler } from "./wsgi-request-handler.ts";
export { validator, WSGIViolation } from "./validator.ts";
export { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";
