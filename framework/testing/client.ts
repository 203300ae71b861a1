/**
 * `Client`: a browser without a screen and without a network, for tests.
 *
 * Layer 8 (testing). The whole site answers, middleware included, in this process and without a socket.
 * Errors: what a view or middleware throws is thrown at the test, unless `raiseRequestException` is false;
 * `RedirectCycleError`. Source: Django test/client.py (`Client`).
 */
import { UNENFORCED } from "../csrf/protection.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import type { Environ, WSGIApplication } from "../wsgi.ts";
import { callApplication } from "./call.ts";
import { type ClientCookie, CookieJar } from "./cookie-jar.ts";
import { ErrorLog } from "./error-log.ts";
import { Observation, observe } from "./observation.ts";
import { checkChain, locationOf, repeatsRequest, resolveLocation, urlOf } from "./redirects.ts";
import type { EncodedData, RequestData } from "./request-data.ts";
import { type ClientSendOptions, environFor, type RequestPlan } from "./request-environ.ts";
import { planRequest, type RequestDefaults, RequestMethods } from "./request-methods.ts";
import { type RequestSession, useSession } from "./session-access.ts";
import { siteFor, type SiteSource } from "./site.ts";
import { type RedirectStep, TestResponse } from "./test-response.ts";

export interface ClientOptions extends RequestDefaults {
  /** Refuse forms without a CSRF token, as for any other client. @default false */
  readonly enforceCsrfChecks?: boolean;
  /** Throw what a view or middleware has thrown; otherwise it is `response.exceptionInfo` of a 500. @default true */
  readonly raiseRequestException?: boolean;
  /** Now, in milliseconds since 1970: when cookies expire. @default Date.now */
  readonly now?: () => number;
}

export class Client extends RequestMethods<ClientSendOptions, Promise<TestResponse>> {
  readonly cookies: CookieJar;
  readonly #source: SiteSource;
  readonly #options: ClientOptions;
  readonly #errors: ErrorLog = new ErrorLog();

  /** `source`: the settings of a site, or any WSGI application. */
  constructor(source: SiteSource, options: ClientOptions = {}) {
    super();
    this.#source = source;
    this.#options = options;
    this.cookies = new CookieJar(options.now);
  }

  /** What the site has written to `wsgi.errors`, for all requests of this client. */
  get errors(): string {
    return this.#errors.text;
  }

  override async generic(
    method: string,
    path: string,
    data?: RequestData,
    options: ClientSendOptions = {},
  ): Promise<TestResponse> {
    const { follow = false, ...init } = options;
    const plan = planRequest(this.#options, { ...init, method, path, data });
    const { application } = await siteFor(this.#source);
    const sent = await this.#send(plan, application);
    return follow ? await this.#follow(plan, sent, application) : sent.response;
  }

  /**
   * Looks at the session of this client, or changes it: what `use` sets is saved before the promise settles.
   * `const cart = await client.session((session) => session.get("cart"))`.
   */
  async session<Value>(use: (session: RequestSession) => MaybePromise<Value>): Promise<Value> {
    if (typeof this.#source === "function")
      throw new TypeError("client.session() needs a client that was made from settings.");
    const found: Value[] = [];
    const plan = planRequest(this.#options, { method: "GET", path: "/", secure: true });
    const { application } = await siteFor(this.#source);
    await useSession(
      () => this.#send(plan, application),
      (session) => whenReady(use(session), (value) => void found.push(value)),
    );
    const [value] = found;
    if (found.length === 0) throw new Error(`The session could not be used: ${this.errors}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pushed above, or the line before has thrown
    return value as Value;
  }

  async #send(
    plan: RequestPlan,
    application: WSGIApplication,
  ): Promise<{ response: TestResponse; encoded: EncodedData }> {
    const { environ, encoded } = environFor(plan, this.#errors);
    this.#addCookies(environ);
    if (this.#options.enforceCsrfChecks !== true) environ[UNENFORCED] = true;
    const observation = new Observation();
    const answer = await observe(observation, () => callApplication(application, environ));
    const cookies = this.#takeCookies(answer.headers, environ);
    const response = new TestResponse({ client: this, environ, answer, observation, cookies });
    if (observation.exception !== undefined && this.#options.raiseRequestException !== false) {
      await response.close();
      throw observation.exception.error;
    }
    if (!response.streaming) await observe(observation, () => response.read());
    return { response, encoded };
  }

  async #follow(
    first: RequestPlan,
    sent: { response: TestResponse; encoded: EncodedData },
    application: WSGIApplication,
  ): Promise<TestResponse> {
    let { response } = sent;
    let plan = first;
    const chain: RedirectStep[] = [];
    for (
      let location = locationOf(response);
      location !== undefined;
      location = locationOf(response)
    ) {
      chain.push([location, response.status]);
      checkChain(chain, response);
      await response.close();
      plan = nextPlan(plan, response, location, sent.encoded);
      ({ response } = await this.#send(plan, application));
    }
    response.redirectChain = chain;
    return response;
  }

  /** A header of the test's own takes the place of the jar. */
  #addCookies(environ: Environ): void {
    const header = this.cookies.headerFor(new URL(urlOf(environ)).pathname);
    if (header !== undefined) environ.HTTP_COOKIE ??= header;
  }

  #takeCookies(
    headers: Iterable<readonly [name: string, value: string]>,
    environ: Environ,
  ): ReadonlyMap<string, ClientCookie> {
    const path = new URL(urlOf(environ)).pathname;
    const taken = new Map<string, ClientCookie>();
    for (const [name, value] of headers) {
      if (name.toLowerCase() !== "set-cookie") continue;
      const cookie = this.cookies.take(value, path);
      if (cookie !== undefined) taken.set(cookie.name, cookie);
    }
    return taken;
  }
}

/** What a browser asks for when it is led on. */
function nextPlan(
  { method, environ, headers }: RequestPlan,
  response: TestResponse,
  location: string,
  encoded: EncodedData,
): RequestPlan {
  const url = resolveLocation(response.request, location);
  const host = response.request.HTTP_HOST === undefined ? {} : { HTTP_HOST: url.host };
  const base = { path: url.href, headers: headers ?? {}, environ: { ...environ, ...host } };
  if (repeatsRequest(response.status)) return { ...base, method, encoded };
  return { ...base, method: method === "HEAD" ? "HEAD" : "GET" };
}
