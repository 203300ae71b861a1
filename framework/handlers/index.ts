/** `minorswing/handlers`: from settings to a WSGI application. */
export { getWSGIApplication, WSGIHandler } from "./wsgi-handler.ts";
export { ViewReturnedNoResponse } from "./view.ts";
