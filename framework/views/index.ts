/** `minorswing/views`: the pages that the framework itself can show. */
export { technical404Response, technicalErrorResponse } from "./debug.ts";
export { errorPage } from "./defaults.ts";
export { welcome } from "./welcome.ts";
