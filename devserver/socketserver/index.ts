/** `minorswing/devserver/socketserver`: servers and handlers for sockets, after Python's `socketserver`. */
export { BaseServer, type RequestHandler, type RequestHandlerClass } from "./base-server.ts";
export {
  ForkingTCPServer,
  ForkingUDPServer,
  ForkingUnixDatagramServer,
  ForkingUnixStreamServer,
} from "./forking-servers.ts";
export { ForkingMixIn } from "./forking-mix-in.ts";
export type { PooledServerClass } from "./pooled-server.ts";
export { BaseRequestHandler, StreamRequestHandler } from "./request-handlers.ts";
export { type InheritedSocket, StreamServer } from "./stream-server.ts";
export { StreamReader } from "./stream-reader.ts";
export { BrokenPipeError, isBrokenPipeError, StreamWriter } from "./stream-writer.ts";
export { bindSocket, type ListenTarget, type TCPAddress, TCPServer } from "./tcp-server.ts";
export { TimeoutError } from "./timeout-error.ts";
export { DatagramRequestHandler, DatagramWriter } from "./datagram-request-handler.ts";
export { type Datagram, DatagramServer, type DatagramSocket } from "./datagram-server.ts";
export { type UDPAddress, UDPServer } from "./udp-server.ts";
export { UnixDatagramServer } from "./unix-datagram-server.ts";
export { UnixStreamServer } from "./unix-stream-server.ts";
export {
  ThreadingTCPServer,
  ThreadingUDPServer,
  ThreadingUnixDatagramServer,
  ThreadingUnixStreamServer,
} from "./threading-servers.ts";
export { ThreadingMixIn } from "./threading-mix-in.ts";
export type { ModuleExport } from "../workers/module-export.ts";
