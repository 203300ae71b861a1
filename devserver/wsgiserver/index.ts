/** `minorswing/devserver/wsgiserver`: WSGI over `httpserver`, after Python's `wsgiref`. */
export { type CrashAnswers, crashAnswers } from "./crash-answers.ts";
export { demoApp } from "./demo-app.ts";
export { FileWrapper, fileWrapper } from "./file-wrapper.ts";
export { ForkingWSGIServer, type ForkingWSGIServerOptions } from "./forking-wsgi-server.ts";
export { Headers } from "./headers.ts";
export { isHopByHop } from "./hop-by-hop.ts";
export { makeServer, type MakeServerOptions } from "./make-server.ts";
export { applicationUri, guessScheme, requestUri } from "./request-uri.ts";
export type { ResponseConnection } from "./response-writer.ts";
export {
  SecureThreadedWSGIServer,
  type SecureThreadedWSGIServerOptions,
  SecureWSGIRequestHandler,
  SecureWSGIServer,
  type SecureWSGIServerOptions,
} from "./secure-wsgi-server.ts";
export { ServerHandler } from "./server-handler.ts";
export {
  type LogDetails,
  type LogStream,
  type ServerLogger,
  StreamLogger,
} from "./server-logger.ts";
export { shiftPathInfo } from "./shift-path-info.ts";
export { CollectedErrors, setupTestingDefaults } from "./testing-defaults.ts";
export { ThreadedWSGIServer, type ThreadedWSGIServerOptions } from "./threaded-wsgi-server.ts";
export { type TlsCredentials, TlsGate } from "./tls-gate.ts";
export { type BaseEnviron, type WSGIGateway, WSGIRequestHandler } from "./wsgi-request-handler.ts";
export { validator, WSGIViolation } from "./validator.ts";
export { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";
