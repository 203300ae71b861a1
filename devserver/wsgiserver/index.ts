/** `minorswing/devserver/wsgiserver`: WSGI over `httpserver`, after Python's `wsgiref`. */
export { type CrashAnswers, crashAnswers } from "./crash-answers.ts";
export { fileWrapper } from "./file-wrapper.ts";
export { ForkingWSGIServer, type ForkingWSGIServerOptions } from "./forking-wsgi-server.ts";
export { ServerHandler } from "./server-handler.ts";
export {
  type LogDetails,
  type LogStream,
  type ServerLogger,
  StreamLogger,
} from "./server-logger.ts";
export { ThreadedWSGIServer, type ThreadedWSGIServerOptions } from "./threaded-wsgi-server.ts";
export { WSGIRequestHandler } from "./wsgi-request-handler.ts";
export { validator, WSGIViolation } from "./validator.ts";
export { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";
