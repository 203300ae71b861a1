/**
 * Whether a page's Content-Security-Policy lets a script of ours run and connect, and with which nonce.
 *
 * Layer 4 (livereload). Pure. Source: Content Security Policy Level 3, sections 4.2, 6.6 and 6.7.
 */
import type { HeaderList } from "../../framework/wsgi.ts";

/** Directives by name, each with its sources. */
type Policy = ReadonlyMap<string, readonly string[]>;

/** A script from the page's own origin may run; with `nonce` only if it carries that. */
export interface ScriptPermission {
  readonly nonce: string | undefined;
}

/** `origin` is the page's: `https://localhost:8000`. `undefined` when the script could do nothing. */
export function scriptPermission(
  headers: HeaderList,
  origin: string,
): ScriptPermission | undefined {
  const policies = policiesOf(headers);
  const connects = policies.every((policy) =>
    allowsOrigin(sourcesOf(policy, "connect-src"), origin),
  );
  if (!connects || policies.some(isSandbox)) return undefined;
  const scripts = policies.map((policy) => sourcesOf(policy, "script-src-elem", "script-src"));
  const nonces = scripts.flatMap((sources) => (sources ?? []).map(nonceOf));
  // Several policies apply all at once, so the nonce of one may be none for another.
  const nonce = nonces
    .filter((nonce) => nonce !== undefined)
    .find((nonce) => scripts.every((sources) => allowsScript(sources, origin, nonce)));
  if (nonce !== undefined) return { nonce };
  return scripts.every((sources) => allowsScript(sources, origin)) ? { nonce } : undefined;
}

function policiesOf(headers: HeaderList): Policy[] {
  return headers
    .filter(([name]) => name.toLowerCase() === "content-security-policy")
    .flatMap(([, value]) => value.split(","))
    .map(parsePolicy);
}

/** Of two directives of one name the first counts. */
function parsePolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const directive of text.split(";")) {
    const [name = "", ...sources] = directive.trim().split(/\s+/);
    const key = name.toLowerCase();
    if (!policy.has(key)) policy.set(key, sources);
  }
  return policy;
}

function sourcesOf(policy: Policy, ...names: readonly string[]): readonly string[] | undefined {
  for (const name of [...names, "default-src"]) {
    const sources = policy.get(name);
    if (sources !== undefined) return sources;
  }
  return undefined;
}

function isSandbox(policy: Policy): boolean {
  const flags = policy.get("sandbox");
  return flags !== undefined && !flags.includes("allow-scripts");
}

function allowsScript(
  sources: readonly string[] | undefined,
  origin: string,
  nonce?: string,
): boolean {
  if (sources === undefined) return true;
  if (nonce !== undefined && sources.includes(`'nonce-${nonce}'`)) return true;
  // With this keyword only nonces and hashes count.
  return !sources.includes("'strict-dynamic'") && allowsOrigin(sources, origin);
}

function allowsOrigin(sources: readonly string[] | undefined, origin: string): boolean {
  if (sources === undefined) return true;
  const { host, protocol } = new URL(origin);
  return sources.some((source) => {
    const text = source.toLowerCase();
    return ["'self'", "*", protocol, host, origin].includes(text.replace(/\/$/, ""));
  });
}

function nonceOf(source: string): string | undefined {
  return /^'nonce-([A-Za-z0-9+/_-]+={0,2})'$/.exec(source)?.[1];
}
