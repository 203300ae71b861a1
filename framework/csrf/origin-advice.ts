/**
 * For a request that was refused for its origin: what was found, what was expected, which setting makes them meet.
 *
 * Layer 6 (csrf). Pure. Why: development servers and tunnels (Vite, ngrok, Codespaces) change host or scheme on the
 * way, and a reason alone does not say which of the two sides is wrong.
 */
import type { HttpRequest } from "../http/request.ts";
import { ownOrigin } from "./origins.ts";
import { settingsOf } from "./protection.ts";
import * as reasons from "./reasons.ts";

export interface Remedy {
  /** When this is the right one, as a sentence. */
  readonly when: string;
  /** A line of the settings. */
  readonly setting: string;
}

export interface OriginAdvice {
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The most likely first. */
  readonly remedies: readonly Remedy[];
}

/** `undefined` for a reason that has nothing to do with origins. */
export function originAdvice(request: HttpRequest, reason: string): OriginAdvice | undefined {
  const found = foundOrigin(request, reason);
  if (found === undefined) return undefined;
  return { facts: facts(request, found), remedies: remedies(request, found) };
}

function foundOrigin(request: HttpRequest, reason: string): string | undefined {
  const { HTTP_ORIGIN: origin, HTTP_REFERER: referer } = request.META;
  if (
    origin !== undefined &&
    (reason === reasons.badOrigin(origin) || reason === reasons.CROSS_SITE)
  )
    return origin;
  if (referer === undefined || reason !== reasons.badReferer(referer)) return undefined;
  return URL.parse(referer)?.origin;
}

function facts(request: HttpRequest, found: string): [name: string, value: string][] {
  const { META } = request;
  const trusted = settingsOf(request).CSRF_TRUSTED_ORIGINS;
  const rows: [string, string | undefined][] = [
    ["Found", found],
    ["Expected", ownOrigin(request) ?? "nothing: the Host header names no host of this site"],
    ["Or one of CSRF_TRUSTED_ORIGINS", trusted.length === 0 ? "none" : trusted.join(", ")],
    ["Host", META.HTTP_HOST],
    ["X-Forwarded-Host", META.HTTP_X_FORWARDED_HOST],
    ["X-Forwarded-Proto", META.HTTP_X_FORWARDED_PROTO],
    ["Sec-Fetch-Site", META.HTTP_SEC_FETCH_SITE],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function remedies(request: HttpRequest, found: string): Remedy[] {
  if (!URL.canParse(found)) return [NO_ORIGIN];
  const own = URL.parse(ownOrigin(request) ?? "");
  const { protocol, host } = new URL(found);
  const { HTTP_X_FORWARDED_HOST: forwardedHost, HTTP_X_FORWARDED_PROTO: forwardedProto } =
    request.META;
  const all: Remedy[] = [];
  if (own?.host !== host && forwardedHost === host) all.push(FORWARDED_HOST);
  if (own?.protocol !== protocol && protocol === "https:" && forwardedProto === "https")
    all.push(FORWARDED_PROTO);
  return [...all, trustedOrigin(found, request)];
}

const BEHIND_PROXY =
  "If a proxy of yours stands in front of this server, and always sets this header itself:";

const FORWARDED_HOST: Remedy = { when: BEHIND_PROXY, setting: "USE_X_FORWARDED_HOST: true," };

const FORWARDED_PROTO: Remedy = {
  when: BEHIND_PROXY,
  setting: 'SECURE_PROXY_SSL_HEADER: ["X-Forwarded-Proto", "https"],',
};

const NO_ORIGIN: Remedy = {
  when:
    "The browser hides where the request comes from. A page whose Referrer-Policy is no-referrer does that, and so do " +
    "sandboxed frames and local files. A page of this site may have:",
  setting: 'SECURE_REFERRER_POLICY: "same-origin",',
};

function trustedOrigin(found: string, request: HttpRequest): Remedy {
  const all = [...settingsOf(request).CSRF_TRUSTED_ORIGINS, found];
  return {
    when: "If the site at this origin is yours (a development proxy or tunnel changes host or scheme on the way):",
    setting: `CSRF_TRUSTED_ORIGINS: ${JSON.stringify(all)},`,
  };
}
