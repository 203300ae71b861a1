/**
 * What has the name of a secret is not shown.
 *
 * Layer 6 (views). Pure. Source: Django views/debug.py (`SafeExceptionReporterFilter`): the same words and stars.
 * Differs from Django: also in GET, POST, URLs and local variables.
 */
const SECRET = /API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE/i;

export const MASK: string = "*".repeat(20);

/** Whether a name is that of a secret. `sessionCookie` is the value of SESSION_COOKIE_NAME. */
export type IsSecret = (name: string) => boolean;

export function makeIsSecret(sessionCookie: string | undefined): IsSecret {
  return (name) => SECRET.test(name) || name === sessionCookie;
}

/** `a=1&token=2` without the 2; of a URL only what stands behind the question mark. */
export function maskQuery(text: string, isSecret: IsSecret): string {
  return text.replaceAll(PAIR, (whole, start: string, name: string) =>
    isSecret(decode(name)) ? `${start}${name}=${MASK}` : whole,
  );
}

/** The same for URLs within other text, where a quote or a space ends them. */
export function maskUrls(text: string, isSecret: IsSecret): string {
  return text.replaceAll(PAIR_IN_TEXT, (whole, start: string, name: string) =>
    isSecret(decode(name)) ? `${start}${name}=${MASK}` : whole,
  );
}

const PAIR = /(^|[?&;])([^=&?;#]+)=([^&;#]*)/g;
const PAIR_IN_TEXT = /([?&])([^=&?;#\s'"`<>]+)=([^&;#\s'"`<>]*)/g;

/** By META name, so that `Cookie` is `HTTP_COOKIE`. */
export function isSecretHeader(name: string, isSecret: IsSecret): boolean {
  return isSecret(`HTTP_${name.toUpperCase().replaceAll("-", "_")}`);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
