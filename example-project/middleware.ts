/**
 * Middleware of the example project.
 */
import type { GetResponse } from "minorswing/middleware";

/** Adds the milliseconds that a request took to its response. */
export function serverTiming(getResponse: GetResponse): GetResponse {
  return async (request) => {
    const start = performance.now();
    const response = await getResponse(request);
    response.headers.set("Server-Timing", `app;dur=${(performance.now() - start).toFixed(1)}`);
    return response;
  };
}
