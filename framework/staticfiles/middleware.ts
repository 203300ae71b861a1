/**
 * Serves static files at STATIC_URL: with DEBUG wherever the finders find them, else what `collectstatic` collected.
 *
 * Layer 4 (staticfiles). Settings: ALLOWED_HOSTS, DEBUG, STATIC_URL, STATIC_ROOT, STATICFILES_*. `runserver` puts it
 * around the others with DEBUG; a project without a web server in front can list it, after `securityMiddleware`.
 * Source: Django contrib/staticfiles/handlers.py (`StaticFilesHandler`), views.py; WhiteNoise for what it does
 * without DEBUG. Errors: `Http404`, `DisallowedHost`; `ImproperlyConfigured` without STATIC_URL or STATIC_ROOT.
 * Differs from Django: a middleware, so that errors are answered like everyone's; the host is checked; only GET and
 * HEAD; a path that leads out of the folders is a 404 like any other.
 */
import type { Application, GetResponse, MiddlewareFactory, Settings } from "../conf/settings.ts";
import { Http404, ImproperlyConfigured, MiddlewareNotUsed } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { HttpResponseNotAllowed } from "../http/responses.ts";
import { unquote } from "../utils/quote.ts";
import { find, getFinders, searchedLocations } from "./finders.ts";
import { MANIFEST_NAME } from "./manifest.ts";
import { isRead, sendFile } from "./serve.ts";
import { isHidden, locateFile } from "./static-path.ts";
import { staticBase, staticUrls } from "./static-url.ts";

export interface StaticFilesMiddlewareOptions {
  /** Serve what the finders find also without DEBUG. For trying out; never in production. @default false */
  readonly insecure?: boolean;
}

/** From the path of a static file to the file. */
type Lookup = (path: string) => string | undefined;

/** In MIDDLEWARE: serves STATIC_URL. */
export function staticFilesMiddleware(getResponse: GetResponse, app: Application): GetResponse {
  return createStaticFilesMiddleware()(getResponse, app);
}

/** `staticFilesMiddleware` with options. */
export function createStaticFilesMiddleware(
  options: StaticFilesMiddlewareOptions = {},
): (...args: Parameters<MiddlewareFactory>) => GetResponse {
  return (getResponse, { settings }) => {
    const pathIn = staticPaths(settings);
    const answer = answers(settings, options.insecure === true);
    return (request) => {
      const path = pathIn(request);
      if (path === undefined) return getResponse(request);
      request.getHost();
      return isRead(request) ? answer(path) : new HttpResponseNotAllowed(["GET", "HEAD"]);
    };
  };
}

/** The settings of a site whose static files are served around its own middleware; as they are when that is not wanted. */
export function withStaticFiles(
  settings: Settings,
  options: StaticFilesMiddlewareOptions = {},
): Settings {
  const { DEBUG, STATIC_URL, MIDDLEWARE } = settings;
  if (STATIC_URL === null || !(DEBUG || options.insecure === true)) return settings;
  const middleware = createStaticFilesMiddleware(options);
  return Object.freeze({ ...settings, MIDDLEWARE: [middleware, ...MIDDLEWARE] });
}

/** What a request's path names below STATIC_URL; `undefined` for all other paths. */
function staticPaths(settings: Settings): (request: HttpRequest) => string | undefined {
  const base = staticBase(settings);
  if (!/^\/(?!\/)/.test(base))
    throw new MiddlewareNotUsed(`static files are served elsewhere: STATIC_URL is ${base}`);
  const isRelative = base !== settings.STATIC_URL;
  const prefix = unquote(isRelative ? `/${settings.STATIC_URL}` : base);
  return (request) => {
    if (request.pathInfo.startsWith(prefix)) return request.pathInfo.slice(prefix.length);
    // STATIC_URL may have the mount point in it: "/shop/static/".
    if (isRelative || !request.path.startsWith(prefix)) return undefined;
    return request.path.slice(prefix.length);
  };
}

function answers(settings: Settings, insecure: boolean): (path: string) => HttpResponseBase {
  const lookups = lookupsFor(settings, insecure);
  const urls = staticUrls(settings);
  return (path) => {
    if (path === "" || path.endsWith("/"))
      throw new Http404("Directory indexes are not allowed here.");
    if (isHidden(path)) throw notFound(path, settings);
    for (const lookup of lookups) {
      const file = lookup(path);
      if (file !== undefined) return sendFile(file, { path, immutable: urls.isHashed(path) });
    }
    throw notFound(path, settings);
  };
}

function lookupsFor(settings: Settings, insecure: boolean): readonly Lookup[] {
  const { DEBUG, STATIC_ROOT: root } = settings;
  // Links are followed: `collectstatic --link` makes some.
  const collected: Lookup = (path) =>
    root === null || path === MANIFEST_NAME
      ? undefined
      : locateFile(root, path, { followSymlinks: true });
  if (!DEBUG && !insecure) {
    if (root !== null) return [collected];
    throw new ImproperlyConfigured(
      "staticFilesMiddleware serves STATIC_ROOT when DEBUG is false, so the settings must have one.",
    );
  }
  // A mistake in the settings shows now, and not on the first request.
  getFinders(settings);
  const found: Lookup = (path) => find(settings, path);
  // With DEBUG, a file that was collected once must not hide that its source is gone.
  return DEBUG ? [found] : [found, collected];
}

/** Names the folders with DEBUG, when the message is shown. */
function notFound(path: string, settings: Settings): Http404 {
  const message = `'${path}' could not be found`;
  if (!settings.DEBUG) return new Http404(message);
  const folders = searchedLocations(settings).map((folder) => `\n  ${folder}`);
  return new Http404(
    folders.length === 0
      ? `${message}: no folder is searched. Is the app in INSTALLED_APPS, or its folder in STATICFILES_DIRS?`
      : `${message}. Searched in:${folders.join("")}`,
  );
}
