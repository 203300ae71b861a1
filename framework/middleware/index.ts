/** `minorswing/middleware`: what ships with the framework, and the contract for your own. */
export { type Application, type GetResponse, type Middleware } from "../conf/settings.ts";
export { AppendSlashError, commonMiddleware } from "./common.ts";
export { xFrameOptionsMiddleware } from "./frame-options.ts";
export {
  createRequestIdMiddleware,
  requestIdMiddleware,
  type RequestIdOptions,
} from "./request-id.ts";
export { securityMiddleware } from "./security.ts";
