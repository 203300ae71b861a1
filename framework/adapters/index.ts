/** `minorswing/adapters`: a WSGI application behind other servers than ours. */
export { ClientDisconnected } from "./client.ts";
export { type AdapterOptions } from "./environ.ts";
export { type FetchHandler, type FetchHandlerOptions, toFetchHandler } from "./fetch-handler.ts";
export { type NodeListener, toNodeListener } from "./node-listener.ts";
