/**
 * Settings: What `securityMiddleware` and `cspMiddleware` read.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py, core/checks/security/base.py (which values there are).
 */
import { type CspPolicy, isCspPolicy } from "../../utils/csp.ts";
import {
  BOOLEAN,
  type Check,
  type Checks,
  isString,
  oneOf,
  orNull,
  REGEXPS,
  STRING_OR_NULL,
  WHOLE_NUMBER,
} from "../check-kinds.ts";

const REFERRER_POLICIES = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
] as const;

export type ReferrerPolicy = (typeof REFERRER_POLICIES)[number];

const OPENER_POLICIES = [
  "noopener-allow-popups",
  "same-origin",
  "same-origin-allow-popups",
  "unsafe-none",
] as const;

export type CrossOriginOpenerPolicy = (typeof OPENER_POLICIES)[number];

export interface SecuritySettings {
  /**
   * How long browsers are told to come by https only, in seconds; 0 for not at all. Start small: it cannot be taken
   * back before it runs out (needs `securityMiddleware`). @default 0
   */
  readonly SECURE_HSTS_SECONDS: number;
  /** Whether that holds for all subdomains too. @default false */
  readonly SECURE_HSTS_INCLUDE_SUBDOMAINS: boolean;
  /** Whether browsers may have the site in the list they are shipped with. @default false */
  readonly SECURE_HSTS_PRELOAD: boolean;
  /** Redirect http to https (needs `securityMiddleware`). @default false */
  readonly SECURE_SSL_REDIRECT: boolean;
  /** The host that https requests go to; `null` for the one that was asked for. @default null */
  readonly SECURE_SSL_HOST: string | null;
  /** Paths, without their first slash, that are not redirected to https. @default [] */
  readonly SECURE_REDIRECT_EXEMPT: readonly RegExp[];
  /** Sets `X-Content-Type-Options: nosniff` (needs `securityMiddleware`). @default true */
  readonly SECURE_CONTENT_TYPE_NOSNIFF: boolean;
  /**
   * The `Referrer-Policy` header; of a list, browsers take the last one that they know; `null` for no header
   * (needs `securityMiddleware`). @default "same-origin"
   */
  readonly SECURE_REFERRER_POLICY:
    | ReferrerPolicy
    | `${ReferrerPolicy},${string}`
    | readonly ReferrerPolicy[]
    | null;
  /** The `Cross-Origin-Opener-Policy` header; `null` for none (needs `securityMiddleware`). @default "same-origin" */
  readonly SECURE_CROSS_ORIGIN_OPENER_POLICY: CrossOriginOpenerPolicy | null;
  /** What pages may load and run, as `Content-Security-Policy` (needs `cspMiddleware`). @default {} */
  readonly SECURE_CSP: CspPolicy;
  /** A policy to try out: browsers report what it would have blocked (needs `cspMiddleware`). @default {} */
  readonly SECURE_CSP_REPORT_ONLY: CspPolicy;
}

export const SECURITY_DEFAULTS: SecuritySettings = {
  SECURE_HSTS_SECONDS: 0,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: false,
  SECURE_HSTS_PRELOAD: false,
  SECURE_SSL_REDIRECT: false,
  SECURE_SSL_HOST: null,
  SECURE_REDIRECT_EXEMPT: [],
  SECURE_CONTENT_TYPE_NOSNIFF: true,
  SECURE_REFERRER_POLICY: "same-origin",
  SECURE_CROSS_ORIGIN_OPENER_POLICY: "same-origin",
  SECURE_CSP: {},
  SECURE_CSP_REPORT_ONLY: {},
};

const CSP_POLICY: Check = [
  'a policy such as { "default-src": [CSP.SELF] }, without ";" and "," in its values',
  isCspPolicy,
];

export const SECURITY_CHECKS: Checks<SecuritySettings> = {
  SECURE_HSTS_SECONDS: WHOLE_NUMBER,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: BOOLEAN,
  SECURE_HSTS_PRELOAD: BOOLEAN,
  SECURE_SSL_REDIRECT: BOOLEAN,
  SECURE_SSL_HOST: STRING_OR_NULL,
  SECURE_REDIRECT_EXEMPT: REGEXPS,
  SECURE_CONTENT_TYPE_NOSNIFF: BOOLEAN,
  SECURE_REFERRER_POLICY: [
    `null, or one or more of ${REFERRER_POLICIES.join(", ")}`,
    (value) => value === null || isReferrerPolicy(value),
  ],
  SECURE_CROSS_ORIGIN_OPENER_POLICY: orNull(oneOf(...OPENER_POLICIES)),
  SECURE_CSP: CSP_POLICY,
  SECURE_CSP_REPORT_ONLY: CSP_POLICY,
};

/** The policies of a list, or of a text with commas between them. */
export function referrerPolicies(value: string | readonly string[]): string[] {
  const policies = typeof value === "string" ? value.split(",") : value;
  return policies.map((policy) => policy.trim());
}

function isReferrerPolicy(value: unknown): boolean {
  if (!isString(value) && !(Array.isArray(value) && value.every(isString))) return false;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- looked at in the line above
  const policies = referrerPolicies(value as string | string[]);
  return (
    policies.length > 0 &&
    policies.every((policy) => REFERRER_POLICIES.some((known) => known === policy))
  );
}
