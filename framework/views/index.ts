/** `minorswing/views`: class-based views, decorators of views, and the pages that the framework itself can show. */
export { type CacheControlOptions } from "../http/cache-control.ts";
export { ContextMixin, type ContextMembers } from "./context-mixin.ts";
export { technical404Response, technicalErrorResponse } from "./debug.ts";
export {
  badRequest,
  errorPage,
  errorStatus,
  pageNotFound,
  permissionDenied,
  serverError,
} from "./defaults.ts";
export { noAppendSlash } from "./decorators/append-slash.ts";
export {
  cacheControl,
  neverCache,
  varyOn,
  varyOnCookie,
  varyOnHeaders,
} from "./decorators/caching.ts";
export {
  condition,
  conditionalPage,
  type ConditionFunctions,
  etag,
  type EtagFunction,
  lastModified,
  type LastModifiedFunction,
} from "./decorators/conditional.ts";
export { cspOverride, cspReportOnlyOverride } from "./decorators/csp.ts";
export {
  xframeOptionsDeny,
  xframeOptionsExempt,
  xframeOptionsSameorigin,
} from "./decorators/frame-options.ts";
export { gzipPage } from "./decorators/gzip.ts";
export { requireGET, requireMethods, requirePOST, requireSafe } from "./decorators/methods.ts";
export { decoratorFromMiddleware, withMiddleware } from "./decorators/middleware.ts";
export { RedirectView } from "./redirect-view.ts";
export { TemplateView } from "./template-view.ts";
export { type ClassView, type InitKwargs, View, type ViewParams } from "./view.ts";
export { collectLocals, countRequest, stopCollectingLocals } from "./debug/locals.ts";
export { welcome } from "./welcome.ts";
export { type ViewDecorator, wrapView } from "./wrap-view.ts";
