/**
 * A site that is built for tests, from its settings.
 *
 * Layer 8 (testing). Errors: those of building an application.
 */
import { isSettings } from "../conf/define-settings.ts";
import type { Application, Middleware, Settings } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { getWSGIApplication } from "../handlers/wsgi-handler.ts";
import { describeValue } from "../utils/describe.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import type { WSGIApplication } from "../wsgi.ts";
import { currentObservation } from "./observation.ts";
import { settingsForTests } from "./override-settings.ts";
import { takeSession } from "./session-access.ts";

export interface Site {
  readonly application: WSGIApplication;
  /** `undefined` where the test has brought an application of its own. */
  readonly app: Application | undefined;
}

/** What a site under test is given as. */
export type SiteSource = Settings | WSGIApplication;

/** One per settings: clients share it. */
const sites = new WeakMap<Settings, Promise<Site>>();

/** The site at `source`, built when it is first asked for; answers to `testserver`. */
export function siteFor(source: SiteSource): Promise<Site> {
  if (typeof source === "function") return Promise.resolve({ application: source, app: undefined });
  return getOrInsert(sites, source, () => buildSite(source, ["testserver"]));
}

/** Outermost stands a middleware that sees what a client cannot: the request, and the response as an object. */
export async function buildSite(settings: Settings, hosts: readonly string[]): Promise<Site> {
  if (!isSettings(settings))
    throw new ImproperlyConfigured(
      `A test client takes settings made by defineSettings, or a WSGI application; found ${describeValue(settings)}.`,
    );
  let built: Application | undefined;
  const observer: Middleware = (getResponse, app) => {
    built = app;
    return (request) => {
      const observation = currentObservation();
      if (observation !== undefined) observation.request = request;
      return whenReady(getResponse(request), (response) => {
        if (observation !== undefined) observation.response = response;
        return response;
      });
    };
  };
  const own = settings.MIDDLEWARE.flatMap((middleware) => [middleware, takeSession]);
  const MIDDLEWARE = [observer, ...own];
  const application = await getWSGIApplication(settingsForTests(settings, hosts, { MIDDLEWARE }));
  return { application, app: built };
}
