/** `minorswing/views`: the pages that the framework itself can show. */
export { technical404Response, technicalErrorResponse } from "./debug.ts";
export {
  badRequest,
  errorPage,
  errorStatus,
  pageNotFound,
  permissionDenied,
  serverError,
} from "./defaults.ts";
export { collectLocals, countRequest, stopCollectingLocals } from "./debug/locals.ts";
export { welcome } from "./welcome.ts";
