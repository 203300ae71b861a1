/**
 * What nearly every site wants: the host is checked, a missing slash or `www.` is added, unwanted clients are sent away,
 * and a body that is known has its length in the headers.
 *
 * Layer 6 (middleware). Settings: ALLOWED_HOSTS, APPEND_SLASH, DEBUG, DISALLOWED_USER_AGENTS, PREPEND_WWW.
 * Errors: `PermissionDenied` for an unwanted client, `DisallowedHost`, `AppendSlashError`.
 * Source: Django middleware/common.py.
 * Differs from Django: where a slash is missing in something else than a GET, the redirect is a 308, which keeps method
 * and body (Django: 301, and the data is lost).
 */
import { resolverFor } from "../conf/request-resolver.ts";
import type { Application, GetResponse, MiddlewareFactory } from "../conf/settings.ts";
import { FrameworkError, Http404, PermissionDenied } from "../exceptions.ts";
import { setContentLength } from "../http/content-length.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { HttpResponsePermanentRedirect } from "../http/responses.ts";
import type { URLResolver } from "../urls/resolver.ts";
import type { View } from "../urls/route-params.ts";
import { escapeLeadingSlashes } from "../utils/encoding.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import { anyFound } from "../utils/patterns.ts";

/** A form or an API client sent data to a URL without its trailing slash. */
export class AppendSlashError extends FrameworkError {
  override readonly name = "AppendSlashError";
  readonly code = "middleware.append_slash";
}

/** What is left out comes from the settings. */
export interface CommonOptions {
  /** APPEND_SLASH. */
  readonly appendSlash?: boolean;
  /** PREPEND_WWW. */
  readonly prependWww?: boolean;
  /** DISALLOWED_USER_AGENTS. */
  readonly disallowedUserAgents?: readonly RegExp[];
  /** What redirects with. @default HttpResponsePermanentRedirect */
  readonly redirectClass?: typeof HttpResponsePermanentRedirect;
}

export const commonMiddleware: MiddlewareFactory = createCommonMiddleware();

export function createCommonMiddleware(options: CommonOptions = {}): MiddlewareFactory {
  return function commonMiddleware(getResponse, app) {
    const { settings } = app;
    const { appendSlash = settings.APPEND_SLASH, prependWww = settings.PREPEND_WWW } = options;
    const isUnwanted = unwantedAgents(
      options.disallowedUserAgents ?? settings.DISALLOWED_USER_AGENTS,
    );
    const slashes = new Slashes(
      app,
      options.redirectClass ?? HttpResponsePermanentRedirect,
      appendSlash,
    );
    const respond = (request: HttpRequest): ReturnType<GetResponse> =>
      whenReady(getResponse(request), (response) => {
        const answer = response.status === 404 ? slashes.instead(request, response) : response;
        setContentLength(answer);
        return answer;
      });
    return (request) => {
      if (isUnwanted?.(request) === true) throw new PermissionDenied("Forbidden user agent");
      const host = request.getHost();
      if (prependWww && !host.startsWith("www.")) return slashes.toWww(request, host);
      return respond(request);
    };
  };
}

/** `undefined` where nobody is unwanted, so that nobody is asked who they are. */
function unwantedAgents(
  patterns: readonly RegExp[],
): ((request: HttpRequest) => boolean) | undefined {
  if (patterns.length === 0) return undefined;
  const isUnwanted = anyFound(patterns);
  return ({ META }) => META.HTTP_USER_AGENT !== undefined && isUnwanted(META.HTTP_USER_AGENT);
}

/** The two redirects to the URL that was meant. */
class Slashes {
  readonly #app: Application;
  readonly #redirectClass: typeof HttpResponsePermanentRedirect;
  readonly #appendSlash: boolean;

  constructor(
    app: Application,
    redirectClass: typeof HttpResponsePermanentRedirect,
    appendSlash: boolean,
  ) {
    this.#app = app;
    this.#redirectClass = redirectClass;
    this.#appendSlash = appendSlash;
  }

  /** With the slash at once, where one is missing too. */
  toWww(request: HttpRequest, host: string): HttpResponseBase {
    const path = this.#wantsSlash(request) ? this.#withSlash(request) : request.getFullPath();
    return this.#redirect(request, `${request.scheme}://www.${host}${path}`);
  }

  /** The redirect in place of a 404, or the 404 where no slash would help. */
  instead(request: HttpRequest, notFound: HttpResponseBase): HttpResponseBase {
    if (!this.#wantsSlash(request)) return notFound;
    void notFound.close();
    return this.#redirect(request, this.#withSlash(request));
  }

  #redirect({ method }: HttpRequest, to: string): HttpResponseBase {
    const preserveRequest = method !== "GET" && method !== "HEAD";
    return new this.#redirectClass(to, { preserveRequest });
  }

  /** Only a path that is no URL without its slash and is one with it, and whose view does not mind. */
  #wantsSlash(request: HttpRequest): boolean {
    const path = request.pathInfo;
    if (!this.#appendSlash || path.endsWith("/")) return false;
    const resolver = resolverFor(request, this.#app);
    if (resolver.isValidPath(path)) return false;
    const view = viewAt(resolver, `${path}/`);
    return view !== undefined && !("shouldAppendSlash" in view && view.shouldAppendSlash === false);
  }

  #withSlash(request: HttpRequest): string {
    const path = escapeLeadingSlashes(request.getFullPath({ forceAppendSlash: true }));
    if (this.#app.settings.DEBUG && METHODS_WITH_BODY.has(request.method))
      throw new AppendSlashError(explain(request, path));
    return path;
  }
}

const METHODS_WITH_BODY = new Set(["DELETE", "PATCH", "POST", "PUT"]);

function viewAt(resolver: URLResolver, path: string): View | undefined {
  try {
    return resolver.resolve(path).pattern.view;
  } catch (error) {
    if (error instanceof Http404) return undefined;
    throw error;
  }
}

function explain(request: HttpRequest, path: string): string {
  const { method } = request;
  return (
    `You called this URL via ${method}, but the URL doesn't end in a slash and you have APPEND_SLASH set. ` +
    `With DEBUG off the answer would be a redirect to ${path}, and not every client sends its ${method} data a second time. ` +
    `Change your form to point to ${request.getHost()}${path} (note the trailing slash), or set APPEND_SLASH to false in your settings.`
  );
}
