/**
 * What the development server adds to a site while DEBUG is on: local variables for its error pages, and the address
 * that opens a file in the editor. More tools of that kind belong here, below the same prefix.
 *
 * Layer 10 (cli). Effects: starts the thread that collects variables; lengthens the stacks of errors.
 */
import type { Settings } from "../../../framework/conf/settings.ts";
import { collectLocals, countRequest } from "../../../framework/views/debug/locals.ts";
import { OPEN_EDITOR_KEY } from "../../../framework/views/debug/respond.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { TOOLS_PREFIX } from "../../livereload/page-script.ts";
import { openEditor } from "./open-editor.ts";

const OPEN_EDITOR = `${TOOLS_PREFIX}open-editor`;

/** V8 keeps 10 frames; an error deep in a library would be without any of the project. */
const STACK_LENGTH = 50;

/** What the tools need to know. `settings` is `undefined` for a project that does not load. */
export interface DebugTools {
  readonly settings: Pick<Settings, "ALLOWED_HOSTS" | "DEBUG_LOCALS"> | undefined;
  /** Files outside of it are not opened. */
  readonly folder: string;
}

/** `application` with the tools beside it; for DEBUG only. */
export function withDebugTools(
  application: WSGIApplication,
  { settings, folder }: DebugTools,
): WSGIApplication {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, STACK_LENGTH);
  if (settings?.DEBUG_LOCALS === true) void collectLocals();
  const allowedHosts = settings?.ALLOWED_HOSTS ?? [];
  return (environ, startResponse) => {
    if (environ.PATH_INFO === OPEN_EDITOR)
      return openEditor(environ, startResponse, { allowedHosts, folder });
    countRequest();
    environ[OPEN_EDITOR_KEY] = OPEN_EDITOR;
    return application(environ, startResponse);
  };
}
