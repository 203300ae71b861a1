/**
 * The protection of one site: the token of each request, and what a request must show to be let through.
 *
 * Layer 6 (csrf). Errors: those of reading a form, save a broken connection, which is a missing token.
 * Source: Django middleware/csrf.py (`get_token`, `rotate_token`, `CsrfViewMiddleware`).
 * Differs from Django: nothing is read before it is needed, so that a malformed cookie is replaced when a token is
 * next asked for or checked; a good token in the header spares reading the body.
 */
import type { CsrfSettings } from "../conf/sections/csrf.ts";
import { DEFAULT_SETTINGS } from "../conf/defaults.ts";
import type { Settings } from "../conf/settings.ts";
import { UnreadablePostError } from "../http/body-input.ts";
import { titleCase } from "../http/headers.ts";
import { environKeyOf } from "../http/origin.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import { OriginRules } from "./origins.ts";
import * as reasons from "./reasons.ts";
import { createSecretStore, type SecretStore } from "./secret-store.ts";
import { formatFault, maskSecret, newSecret, secretOf, tokenMatches } from "./tokens.ts";

/** The name of the form field. */
export const FIELD_NAME = "csrfmiddlewaretoken";

/** A key of the environ; what is in front of the application (a test client) sets it to `true` to have no request refused. */
export const UNENFORCED = "minorswing.csrf_unenforced";

/** What the protection of a site depends on. Every `Settings` is one. */
export type ProtectionSettings = Pick<Settings, keyof CsrfSettings | "SESSION_COOKIE_DOMAIN">;

/** What is known of one request. Absent until somebody asks. */
interface RequestState {
  secret: string | undefined;
  /** What is wrong with what the client has sent as its secret. */
  readonly fault: string | undefined;
  /** Whether the response has to carry the secret. */
  isUsed: boolean;
  isAccepted: boolean;
}

const states = new WeakMap<HttpRequest, RequestState>();

export class CsrfProtection {
  readonly #rules: OriginRules;
  readonly #store: SecretStore;
  readonly #headerKey: `HTTP_${string}`;
  readonly #headerName: string;

  constructor(settings: ProtectionSettings) {
    this.#rules = new OriginRules(settings, cookieDomain(settings));
    this.#store = createSecretStore(settings);
    this.#headerKey = environKeyOf(settings.CSRF_HEADER_NAME);
    this.#headerName = titleCase(this.#headerKey.slice("HTTP_".length));
  }

  /** A token for the page that is made now. From here on the response carries the secret, so that its cookie lives on. */
  getToken(request: HttpRequest): string {
    const state = this.#stateOf(request);
    state.secret ??= newSecret();
    state.isUsed = true;
    return maskSecret(state.secret);
  }

  /** A new secret: tokens of the old one are good no more. */
  rotateToken(request: HttpRequest): void {
    const state = this.#stateOf(request);
    state.secret = newSecret();
    state.isUsed = true;
  }

  /** Why the request must not reach its view; `undefined` to let it through. A promise when the form has to be read. */
  check(request: HttpRequest): MaybePromise<string | undefined> {
    if (request.META[UNENFORCED] === true || states.get(request)?.isAccepted === true)
      return undefined;
    const fault = this.#rules.fault(request);
    if (fault !== undefined) return fault;
    const state = this.#stateOf(request);
    if (state.fault !== undefined) {
      this.getToken(request);
      return reasons.badCookie(state.fault);
    }
    return state.secret === undefined
      ? reasons.NO_COOKIE
      : this.#checkToken(request, state, state.secret);
  }

  /** Gives the response the secret, if a token of it was asked for since the last call. */
  finish(request: HttpRequest, response: HttpResponseBase): HttpResponseBase {
    const state = states.get(request);
    if (state?.secret !== undefined && state.isUsed) {
      state.isUsed = false;
      this.#store.write(request, response, state.secret);
    }
    return response;
  }

  #checkToken(
    request: HttpRequest,
    state: RequestState,
    secret: string,
  ): MaybePromise<string | undefined> {
    const header = request.META[this.#headerKey];
    const headerFault = this.#headerFault(header, secret);
    if (headerFault === undefined) {
      state.isAccepted = true;
      return undefined;
    }
    if (request.method !== "POST") return headerFault;
    return formToken(request).then((token) => {
      const fault = token === "" ? headerFault : tokenFault("POST", token, secret);
      state.isAccepted = fault === undefined;
      return fault;
    });
  }

  #headerFault(token: string | undefined, secret: string): string | undefined {
    if (token === undefined) return reasons.TOKEN_MISSING;
    return tokenFault(`the '${this.#headerName}' HTTP header`, token, secret);
  }

  #stateOf(request: HttpRequest): RequestState {
    const known = states.get(request);
    if (known !== undefined) return known;
    const stored = this.#store.read(request);
    const fault = stored === undefined ? undefined : formatFault(stored);
    const secret = stored === undefined || fault !== undefined ? undefined : secretOf(stored);
    const state = { secret, fault, isUsed: false, isAccepted: false };
    states.set(request, state);
    return state;
  }
}

/** One per site: what depends on its settings alone is made once. */
const protections = new WeakMap<ProtectionSettings, CsrfProtection>();

export function protectionFor(settings: ProtectionSettings): CsrfProtection {
  return getOrInsert(protections, settings, () => new CsrfProtection(settings));
}

/** Without an application, as in a request made by hand, the defaults hold. */
export function settingsOf(request: HttpRequest): ProtectionSettings & Pick<Settings, "DEBUG"> {
  const { app }: { app?: HttpRequest["app"] } = request;
  return app?.settings ?? DEFAULT_SETTINGS;
}

/** A token for the page that is made now: another one each time, all of them good until the secret changes. */
export function getToken(request: HttpRequest): string {
  return protectionFor(settingsOf(request)).getToken(request);
}

/** Changes the secret. For whoever logs a user in: what was known before must be worth nothing after. */
export function rotateToken(request: HttpRequest): void {
  protectionFor(settingsOf(request)).rotateToken(request);
}

function tokenFault(source: string, token: string, secret: string): string | undefined {
  const fault = formatFault(token) ?? (tokenMatches(token, secret) ? undefined : "incorrect");
  return fault === undefined ? undefined : reasons.badToken(source, fault);
}

/** The token in the form; `""` when there is none, or when the client is gone before its form was whole. */
async function formToken(request: HttpRequest): Promise<string> {
  try {
    return (await request.POST).get(FIELD_NAME) ?? "";
  } catch (error) {
    if (error instanceof UnreadablePostError) return "";
    throw error;
  }
}

/** Of the cookie that the secret is bound to. */
function cookieDomain(settings: ProtectionSettings): string | null {
  return settings.CSRF_USE_SESSIONS ? settings.SESSION_COOKIE_DOMAIN : settings.CSRF_COOKIE_DOMAIN;
}
