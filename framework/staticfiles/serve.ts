/**
 * A view that sends the files of a folder.
 *
 * Layer 4 (staticfiles). Source: Django views/static.py. Errors: `Http404` for everything that is not there, or that
 * nobody may have: paths that lead elsewhere, links out of the folder, dot files.
 * Differs from Django: validators, conditions and ranges (`FileResponse`); only GET and HEAD; text has a charset;
 * browsers ask each time whether their copy is still good; no dot files; no links out of the folder; a folder with
 * an index gets its slash.
 */
import { Http404 } from "../exceptions.ts";
import { FileResponse } from "../http/file-response.ts";
import { guessType } from "../http/file-types.ts";
import type { HttpRequest } from "../http/request.ts";
import { HttpResponse, type HttpResponseBase } from "../http/response.ts";
import { HttpResponseNotAllowed, HttpResponsePermanentRedirect } from "../http/responses.ts";
import { escapeLeadingSlashes } from "../utils/encoding.ts";
import { errorCode } from "../utils/error-code.ts";
import { formatDirectoryIndex } from "./directory-index.ts";
import { isHidden, locate, type LocateOptions } from "./static-path.ts";

export interface ServeParams extends LocateOptions {
  /** The file, below the folder: `<path:path>` of a route. */
  readonly path: string;
  /** The folder, absolute. */
  readonly documentRoot: string;
  /** Whether a folder is shown as a list of what is in it. @default false */
  readonly showIndexes?: boolean;
  /** Whether there are files and folders whose names begin with a dot. @default false */
  readonly dotFiles?: boolean;
}

/** Ask before using a copy; and: never ask again. */
const ASK = "no-cache";
const KEEP = "public, max-age=31536000, immutable";

/** `path("media/<path:path>", (request, { path }) => serve(request, { path, documentRoot }))`. */
export function serve(request: HttpRequest, params: ServeParams): HttpResponseBase {
  const { path, documentRoot, dotFiles = false } = params;
  if (!isRead(request)) return new HttpResponseNotAllowed(["GET", "HEAD"]);
  const found = dotFiles || !isHidden(path) ? locate(documentRoot, path, params) : undefined;
  if (found === undefined) throw new Http404(`“${path}” does not exist`);
  if (found.kind === "file") return sendFile(found.path, { path });
  if (params.showIndexes !== true) throw new Http404("Directory indexes are not allowed here.");
  if (path !== "" && !path.endsWith("/")) return redirectToSlash(request);
  return new HttpResponse(formatDirectoryIndex(found.path, path, dotFiles));
}

/** Whether the request only wants to have something. */
export function isRead({ method }: HttpRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** The file at `file`, called by the last name of `path`. With `immutable` browsers keep it for a year without asking. */
export function sendFile(
  file: string,
  { path, immutable = false }: { readonly path: string; readonly immutable?: boolean },
): FileResponse {
  const filename = path.slice(path.lastIndexOf("/") + 1);
  const type = guessType(filename);
  try {
    return new FileResponse(file, {
      filename,
      contentType: isText(type) ? `${type}; charset=utf-8` : type,
      headers: { "Cache-Control": immutable ? KEEP : ASK },
    });
  } catch (error) {
    // Removed since it was found.
    if (errorCode(error) === "ENOENT")
      throw new Http404(`“${path}” does not exist`, { cause: error });
    throw error;
  }
}

/** Types whose bytes mean nothing without a charset, and which everybody writes in UTF-8. */
function isText(type: string): boolean {
  return /^text\/|\/(?:javascript|json|manifest\+json|xml)$|\+xml$/.test(type);
}

function redirectToSlash(request: HttpRequest): HttpResponseBase {
  const to = request.getFullPath({ forceAppendSlash: true });
  return new HttpResponsePermanentRedirect(escapeLeadingSlashes(to));
}
