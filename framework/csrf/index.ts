/** `minorswing/csrf`: requests that change something come from the site's own pages. */
export { type CsrfFailureView } from "../conf/sections/csrf.ts";
export { csrfExempt, csrfProtect, ensureCsrfCookie, requiresCsrfToken } from "./decorators.ts";
export { csrfFailure } from "./failure-view.ts";
export { csrfMiddleware } from "./middleware.ts";
export { getToken, rotateToken } from "./protection.ts";
