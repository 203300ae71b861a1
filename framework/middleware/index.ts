/** `minorswing/middleware`: what ships with the framework, and the contract for your own. */
export {
  createRequestIdMiddleware,
  requestIdMiddleware,
  type RequestIdOptions,
} from "./request-id.ts";
export {
  type Application,
  type GetResponse,
  type Middleware,
  type MiddlewareClass,
  type MiddlewareFactory,
  type MiddlewareHooks,
  type MiddlewareInstance,
} from "../conf/settings.ts";
export { COMPRESSIBLE_TYPES, type CompressionOptions } from "../http/compressed-response.ts";
export { type ContentCoding } from "../http/content-codings.ts";
export { CSP, type CspDirective, type CspPolicy, type CspValue } from "../utils/csp.ts";
export {
  AppendSlashError,
  commonMiddleware,
  type CommonOptions,
  createCommonMiddleware,
} from "./common.ts";
export { conditionalGetMiddleware } from "./conditional-get.ts";
export { corsMiddleware, type CorsOptions, createCorsMiddleware } from "./cors.ts";
export { createCspMiddleware, cspMiddleware, type CspOptions } from "./csp.ts";
export {
  createXFrameOptionsMiddleware,
  xFrameOptionsMiddleware,
  type XFrameOptions,
} from "./frame-options.ts";
export { createGzipMiddleware, gzipMiddleware } from "./gzip.ts";
export { createSecurityMiddleware, securityMiddleware, type SecurityOptions } from "./security.ts";
