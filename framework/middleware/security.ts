/**
 * Headers that make browsers careful.
 *
 * Layer 6 (middleware). Settings: SECURE_CONTENT_TYPE_NOSNIFF, SECURE_REFERRER_POLICY,
 * SECURE_CROSS_ORIGIN_OPENER_POLICY. They are read once, when the application is built.
 * Source: Django middleware/security.py. A header that a view has set stays as it is.
 */
import type { Application, GetResponse } from "../conf/settings.ts";
import { whenReady } from "../utils/maybe-promise.ts";

export function securityMiddleware(
  getResponse: GetResponse,
  { settings }: Application,
): GetResponse {
  const headers: [name: string, value: string][] = [];
  if (settings.SECURE_CONTENT_TYPE_NOSNIFF) headers.push(["X-Content-Type-Options", "nosniff"]);
  if (settings.SECURE_REFERRER_POLICY !== null)
    headers.push(["Referrer-Policy", settings.SECURE_REFERRER_POLICY]);
  if (settings.SECURE_CROSS_ORIGIN_OPENER_POLICY !== null) {
    headers.push(["Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY]);
  }
  return (request) =>
    whenReady(getResponse(request), (response) => {
      for (const [name, value] of headers) response.headers.setDefault(name, value);
      return response;
    });
}
