/**
 * Settings: Which other sites may ask this one (`corsMiddleware`).
 *
 * Layer 4 (conf). The names, and the defaults, are those of the package django-cors-headers, which Django sites use.
 * Differs from it: expressions must match the whole origin, not only its beginning.
 */
import {
  BOOLEAN,
  isListOf,
  REGEXPS,
  WHOLE_NUMBER,
  type Check,
  type Checks,
} from "../check-kinds.ts";

export interface CorsSettings {
  /** Origins that may read this site's answers: `["https://example.com"]`. @default [] */
  readonly CORS_ALLOWED_ORIGINS: readonly string[];
  /** The same as expressions, for the whole origin: `[/https:\/\/\w+\.example\.com/]`. @default [] */
  readonly CORS_ALLOWED_ORIGIN_REGEXES: readonly RegExp[];
  /** Every origin may. Together with CORS_ALLOW_CREDENTIALS it lets any site act as its visitor. @default false */
  readonly CORS_ALLOW_ALL_ORIGINS: boolean;
  /** Whether they may send cookies. @default false */
  readonly CORS_ALLOW_CREDENTIALS: boolean;
  /** Methods that they may use. @default ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"] */
  readonly CORS_ALLOW_METHODS: readonly string[];
  /**
   * Request headers that they may send, besides those that need no permission.
   * @default ["accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"]
   */
  readonly CORS_ALLOW_HEADERS: readonly string[];
  /** Response headers that they may read, besides those that need no permission. @default [] */
  readonly CORS_EXPOSE_HEADERS: readonly string[];
  /** How long browsers may remember what a preflight said, in seconds; 0 to send nothing. @default 86_400 */
  readonly CORS_PREFLIGHT_MAX_AGE: number;
  /** Paths for which any of this holds. @default /^.*$/ */
  readonly CORS_URLS_REGEX: RegExp;
  /** Whether a public site may ask this one inside of a private network. @default false */
  readonly CORS_ALLOW_PRIVATE_NETWORK: boolean;
}

export const CORS_DEFAULTS: CorsSettings = {
  CORS_ALLOWED_ORIGINS: [],
  CORS_ALLOWED_ORIGIN_REGEXES: [],
  CORS_ALLOW_ALL_ORIGINS: false,
  CORS_ALLOW_CREDENTIALS: false,
  CORS_ALLOW_METHODS: ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"],
  CORS_ALLOW_HEADERS: [
    "accept",
    "authorization",
    "content-type",
    "user-agent",
    "x-csrftoken",
    "x-requested-with",
  ],
  CORS_EXPOSE_HEADERS: [],
  CORS_PREFLIGHT_MAX_AGE: 86_400,
  CORS_URLS_REGEX: /^.*$/,
  CORS_ALLOW_PRIVATE_NETWORK: false,
};

const TOKENS: Check = [
  "an array of names, such as methods or headers",
  isListOf((name) => typeof name === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(name)),
];

export const CORS_CHECKS: Checks<CorsSettings> = {
  CORS_ALLOWED_ORIGINS: [
    'an array of origins, each with its scheme and without a path: "https://example.com"',
    isListOf(isOrigin),
  ],
  CORS_ALLOWED_ORIGIN_REGEXES: REGEXPS,
  CORS_ALLOW_ALL_ORIGINS: BOOLEAN,
  CORS_ALLOW_CREDENTIALS: BOOLEAN,
  CORS_ALLOW_METHODS: TOKENS,
  CORS_ALLOW_HEADERS: TOKENS,
  CORS_EXPOSE_HEADERS: TOKENS,
  CORS_PREFLIGHT_MAX_AGE: WHOLE_NUMBER,
  CORS_URLS_REGEX: ["a regular expression", (value) => value instanceof RegExp],
  CORS_ALLOW_PRIVATE_NETWORK: BOOLEAN,
};

/** `null` is what sandboxed frames and local files send. */
function isOrigin(value: unknown): boolean {
  return (
    typeof value === "string" &&
    (value === "null" || /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/i.test(value))
  );
}
