/**
 * A name for each request, in its response and in every line of its log.
 *
 * Layer 6 (middleware). Not of Django; the header is what proxies call it. A client's own id is kept when it is one:
 * letters, digits and a few marks, at most 128, so that nobody writes a log of their own.
 */
import { randomUUID } from "node:crypto";
import { withRequestLog } from "../conf/loggers.ts";
import type { Application, GetResponse, MiddlewareFactory } from "../conf/settings.ts";
import { whenReady } from "../utils/maybe-promise.ts";

export interface RequestIdOptions {
  /** The header, in both directions. @default "X-Request-ID" */
  readonly header?: string;
  /** Take the id that the request has; false where clients cannot be trusted with that. @default true */
  readonly keepIncoming?: boolean;
  /** Makes an id. @default randomUUID */
  readonly generate?: () => string;
}

const SANE = /^[\w.~+/=:@-]{1,128}$/;

/** A request id middleware of your own kind. */
export function createRequestIdMiddleware(options: RequestIdOptions = {}): MiddlewareFactory {
  const { header = "X-Request-ID", keepIncoming = true, generate = randomUUID } = options;
  return function requestIdMiddleware(getResponse: GetResponse, _app: Application): GetResponse {
    return (request) => {
      const incoming = keepIncoming ? request.headers.get(header) : undefined;
      const id = incoming !== undefined && SANE.test(incoming) ? incoming : generate();
      request.requestId = id;
      return whenReady(
        withRequestLog(request, () => getResponse(request)),
        (response) => {
          response.headers.set(header, id);
          return response;
        },
      );
    };
  };
}

/** Sets `request.requestId` and the `X-Request-ID` of the response. Stands first, so that every line has it. */
export const requestIdMiddleware: MiddlewareFactory = createRequestIdMiddleware();
