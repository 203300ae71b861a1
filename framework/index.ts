/** `minorswing`: the handful of names that most projects start from. Everything else has its own entry. */
export { defineSettings } from "./conf/define-settings.ts";
export { getWSGIApplication } from "./handlers/wsgi-handler.ts";
export { HttpResponse } from "./http/response.ts";
export { render } from "./shortcuts.ts";
export { include, path } from "./urls/path.ts";
export { reverse } from "./urls/reverse.ts";
