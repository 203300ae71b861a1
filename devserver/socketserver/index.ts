/** `minorswing/devserver/socketserver`: servers and handlers for sockets, after Python's `socketserver`. */
export { BaseServer, type RequestHandler, type RequestHandlerClass } from "./base-server.ts";
export { BaseRequestHandler, StreamRequestHandler } from "./request-handlers.ts";
export { type InheritedSocket, StreamServer } from "./stream-server.ts";
export { StreamReader } from "./stream-reader.ts";
export { BrokenPipeError, isBrokenPipeError, StreamWriter } from "./stream-writer.ts";
export { bindSocket, type ListenTarget, type TCPAddress, TCPServer } from "./tcp-server.ts";
export { TimeoutError } from "./timeout-error.ts";
export { type Datagram, DatagramRequestHandler, type UDPAddress, UDPServer } from "./udp-server.ts";
export { UnixStreamServer } from "./unix-stream-server.ts";
