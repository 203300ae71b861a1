/**
 * Content-Security-Policy: from a policy as settings have it to the text of the header.
 *
 * Layer 0. Pure. Source: Django utils/csp.py (`CSP`, `build_policy`); Content Security Policy Level 3.
 * Differs from Django: a value that would end its directive (`;`, `,`) is refused instead of sent, and a policy is made
 * ready once, not for each response.
 */

/** The words of policies that are easily mistyped: the quotes belong to them. */
export const CSP = {
  /** Stands for the nonce of the response, and is left out of responses that used none. */
  NONCE: "<CSP_NONCE_SENTINEL>",
  NONE: "'none'",
  REPORT_SAMPLE: "'report-sample'",
  SELF: "'self'",
  STRICT_DYNAMIC: "'strict-dynamic'",
  UNSAFE_EVAL: "'unsafe-eval'",
  UNSAFE_HASHES: "'unsafe-hashes'",
  UNSAFE_INLINE: "'unsafe-inline'",
  WASM_UNSAFE_EVAL: "'wasm-unsafe-eval'",
} as const;

export type CspDirective =
  | "base-uri"
  | "block-all-mixed-content"
  | "child-src"
  | "connect-src"
  | "default-src"
  | "fenced-frame-src"
  | "font-src"
  | "form-action"
  | "frame-ancestors"
  | "frame-src"
  | "img-src"
  | "manifest-src"
  | "media-src"
  | "object-src"
  | "plugin-types"
  | "prefetch-src"
  | "report-to"
  | "report-uri"
  | "require-trusted-types-for"
  | "sandbox"
  | "script-src"
  | "script-src-attr"
  | "script-src-elem"
  | "style-src"
  | "style-src-attr"
  | "style-src-elem"
  | "trusted-types"
  | "upgrade-insecure-requests"
  | "worker-src";

/** `true` for a directive without values; `false` and `null` leave it out. A set is written in the order of the alphabet. */
export type CspValue = boolean | null | string | readonly string[] | ReadonlySet<string>;

/** Directives with their values: `{ "default-src": [CSP.SELF] }`. An empty policy sends no header. */
export type CspPolicy = Readonly<Partial<Record<CspDirective, CspValue>>>;

/** What a policy says in a response whose nonce is `nonce`; `""` when it says nothing. */
export type CspText = (nonce: string | undefined) => string;

/** Makes a policy ready to be sent. */
export function compilePolicy(policy: CspPolicy): CspText {
  const directives = Object.entries(policy).flatMap(([name, value]) => directiveOf(name, value));
  const without = formatPolicy(directives, undefined);
  if (!directives.some(([, values]) => values.includes(CSP.NONCE))) return () => without;
  return (nonce) => (nonce === undefined ? without : formatPolicy(directives, nonce));
}

/** Whether a value is a policy. */
export function isCspPolicy(value: unknown): value is CspPolicy {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([name, sources]) => /^[a-z-]+$/.test(name) && isCspValue(sources),
  );
}

function isCspValue(value: unknown): boolean {
  if (typeof value === "boolean" || value === null || value === undefined) return true;
  const sources = typeof value === "string" ? [value] : value;
  const isList = Array.isArray(sources) || sources instanceof Set;
  return isList && [...sources].every(isSource);
}

/** Semicolons and commas separate directives and policies; no header carries anything but printable ASCII. */
function isSource(source: unknown): boolean {
  return typeof source === "string" && /^[\x20-\x7e]+$/.test(source) && !/[;,]/.test(source);
}

type Directive = readonly [name: string, values: readonly string[]];

function directiveOf(name: string, value: CspValue | undefined): Directive[] {
  if (value === undefined || value === null || value === false) return [];
  if (value === true) return [[name, []]];
  if (typeof value === "string") return [[name, [value]]];
  const values = Array.isArray(value) ? value : [...value].toSorted();
  return values.length === 0 ? [] : [[name, values]];
}

function formatPolicy(directives: readonly Directive[], nonce: string | undefined): string {
  return directives
    .flatMap(([name, values]) => {
      const said = values.flatMap((value) => sourceFor(value, nonce));
      return said.length === 0 && values.length > 0 ? [] : [[name, ...said].join(" ")];
    })
    .join("; ");
}

function sourceFor(value: string, nonce: string | undefined): string[] {
  if (value !== CSP.NONCE) return [value];
  return nonce === undefined ? [] : [`'nonce-${nonce}'`];
}
