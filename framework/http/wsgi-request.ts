/**
 * The request that the handler builds: paths, query, cookies and scheme come from the WSGI environ.
 *
 * Layer 2 (http). Nothing is read before it is asked for.
 * Source: Django core/handlers/wsgi.py (`WSGIRequest`, `get_script_name`, `get_path_info`).
 * Differs from Django: `META` stays as the server made it; the decoded paths are on the request only.
 */
import { decodePath, decodeText } from "../utils/encoding.ts";
import type { Environ } from "../wsgi.ts";
import { type Cookies, parseCookies } from "./cookies.ts";
import type { Scheme } from "./origin.ts";
import { QueryDict } from "./query-dict.ts";
import type { HeadOptions } from "./request-head.ts";
import { HttpRequest } from "./request.ts";

export class WSGIRequest extends HttpRequest {
  protected override readPath(_options: HeadOptions): string {
    return `${this.scriptName.replace(/\/+$/, "")}/${this.pathInfo.replace(/^\//, "")}`;
  }

  protected override readScriptName(options: HeadOptions): string {
    return scriptName(this.META, options.forceScriptName);
  }

  protected override readPathInfo(): string {
    return decodePath(this.META.PATH_INFO) || "/";
  }

  protected override readScheme(): Scheme {
    return this.META["wsgi.url_scheme"];
  }

  protected override readQuery(encoding: string, options: HeadOptions): QueryDict {
    const query = decodeText(this.META.QUERY_STRING, encoding);
    return new QueryDict(query, { encoding, maxFields: options.maxFields });
  }

  protected override readCookies(): Cookies {
    return parseCookies(this.META.HTTP_COOKIE);
  }
}

/** Where the application is mounted, decoded. `forced` is FORCE_SCRIPT_NAME. */
export function scriptName(environ: Environ, forced: string | null): string {
  if (forced !== null) return forced;
  const original = textAt(environ, "SCRIPT_URL") || textAt(environ, "REDIRECT_URL");
  if (original === "") return decodePath(environ.SCRIPT_NAME);
  // Apache's mod_rewrite keeps the whole path in these; what is not PATH_INFO is the mount point. Its
  // modules squash repeated slashes in PATH_INFO, so the same is done here before the two are compared.
  const squashed = original.replaceAll(/\/{2,}/g, "/");
  const tail = environ.PATH_INFO;
  return decodePath(
    squashed.endsWith(tail) ? squashed.slice(0, -tail.length || undefined) : squashed,
  );
}

function textAt(environ: Environ, key: string): string {
  const value = environ[key];
  return typeof value === "string" ? value : "";
}
