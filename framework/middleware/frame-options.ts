/**
 * Keeps other sites from showing a page inside theirs (clickjacking).
 *
 * Layer 6 (middleware). Setting: X_FRAME_OPTIONS. Source: Django middleware/clickjacking.py.
 */
import type { Application, GetResponse } from "../conf/settings.ts";
import { whenReady } from "../utils/maybe-promise.ts";

export function xFrameOptionsMiddleware(
  getResponse: GetResponse,
  { settings }: Application,
): GetResponse {
  return (request) =>
    whenReady(getResponse(request), (response) => {
      response.headers.setDefault("X-Frame-Options", settings.X_FRAME_OPTIONS);
      return response;
    });
}
