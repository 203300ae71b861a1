/**
 * How much of a request is read before it is refused.
 *
 * Layer 2 (httpserver). Source: CPython http/client.py (`_MAXLINE`, `_MAXHEADERS`).
 */
export interface HTTPLimits {
  /** Longest request line, in bytes without its line end. Past it: 414. */
  readonly maxRequestLine: number;
  /** Longest header line, in bytes without its line end. Past it: 431. */
  readonly maxHeaderLine: number;
  /** Most header lines. Past it: 431. */
  readonly maxHeaders: number;
  /** Longest head altogether, in bytes. Past it: 431. */
  readonly maxHead: number;
}

export const DEFAULT_LIMITS: HTTPLimits = {
  maxRequestLine: 65_536,
  maxHeaderLine: 65_536,
  maxHeaders: 100,
  maxHead: 262_144,
};
