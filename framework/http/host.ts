/**
 * Whether this site answers to a host.
 *
 * Layer 2 (http). Pure. Errors: `DisallowedHost` with Django's two messages.
 * Source: Django http/request.py (`split_domain_port`, `validate_host`); RFC 9112 section 3.2.
 */
import { DisallowedHost } from "../exceptions.ts";

const HOST = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?$/;

/** What DEBUG allows when ALLOWED_HOSTS is empty: names that cannot be rebound to a stranger's server. */
const DEBUG_HOSTS: readonly string[] = [".localhost", "127.0.0.1", "[::1]"];

/** Returns `host` unchanged, or throws `DisallowedHost`. */
export function checkHost(host: string, allowedHosts: readonly string[], debug: boolean): string {
  const domain = domainOf(host);
  const allowed = debug && allowedHosts.length === 0 ? DEBUG_HOSTS : allowedHosts;
  if (domain !== "" && allowed.some((pattern) => hostMatches(domain, pattern))) return host;
  const found = `Invalid HTTP_HOST header: '${host}'.`;
  throw new DisallowedHost(
    domain === ""
      ? `${found} The domain name provided is not valid according to RFC 1034/1035.`
      : `${found} You may need to add '${domain}' to ALLOWED_HOSTS.`,
  );
}

/** Lower case, without the port and without one trailing dot; `""` when it is no host at all. */
function domainOf(host: string): string {
  const domain = HOST.exec(host.toLowerCase())?.[1] ?? "";
  return domain.endsWith(".") ? domain.slice(0, -1) : domain;
}

/** `*` is every host, `.example.com` the domain and all below it. */
function hostMatches(domain: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === "*") return true;
  if (wanted.startsWith(".")) return domain === wanted.slice(1) || domain.endsWith(wanted);
  return domain === wanted;
}
