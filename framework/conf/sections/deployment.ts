/**
 * Settings: Where a site is mounted and which proxies it believes.
 *
 * Layer 4 (conf). Source: Django core/handlers/base.py, http/request.py.
 */
import { BOOLEAN, isListOf, isString, STRING_OR_NULL, type Checks } from "../check-kinds.ts";

export interface DeploymentSettings {
  /**
   * Host names this site answers to; `.example.com` covers subdomains, `*` everything.
   * Empty with DEBUG means localhost. @default []
   */
  readonly ALLOWED_HOSTS: readonly string[];
  /** Where the site is mounted, whatever the server says: `"/shop"`; `null` to believe the server. @default null */
  readonly FORCE_SCRIPT_NAME: string | null;
  /** Take the host from `X-Forwarded-Host`. Only behind a proxy that always sets it. @default false */
  readonly USE_X_FORWARDED_HOST: boolean;
  /** Take the port from `X-Forwarded-Port`. Only behind a proxy that always sets it. @default false */
  readonly USE_X_FORWARDED_PORT: boolean;
  /**
   * The header, and its value, by which a proxy says that its client came by TLS: `["X-Forwarded-Proto", "https"]`.
   * Only behind a proxy that always sets it, since a client can send it too. @default null
   */
  readonly SECURE_PROXY_SSL_HEADER: readonly [header: string, value: string] | null;
}

export const DEPLOYMENT_DEFAULTS: DeploymentSettings = {
  ALLOWED_HOSTS: [],
  FORCE_SCRIPT_NAME: null,
  USE_X_FORWARDED_HOST: false,
  USE_X_FORWARDED_PORT: false,
  SECURE_PROXY_SSL_HEADER: null,
};

export const DEPLOYMENT_CHECKS: Checks<DeploymentSettings> = {
  ALLOWED_HOSTS: ["an array of host names", isListOf(isString)],
  FORCE_SCRIPT_NAME: STRING_OR_NULL,
  USE_X_FORWARDED_HOST: BOOLEAN,
  USE_X_FORWARDED_PORT: BOOLEAN,
  SECURE_PROXY_SSL_HEADER: [
    'a header and its value, such as ["X-Forwarded-Proto", "https"], or null',
    isHeaderOrNull,
  ],
};

function isHeaderOrNull(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 2 && value.every(isString));
}
