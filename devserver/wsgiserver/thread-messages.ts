/**
 * One WSGI request between the thread that has the connection and the one that runs the application.
 *
 * Layer 3 (wsgiserver). Types only.
 */
import type { Environ } from "../../framework/wsgi.ts";

/** What a thread needs to know before its first request. */
export interface ThreadData {
  readonly application: { readonly module: string; readonly export?: string };
  /** The `Server` header. */
  readonly serverVersion: string;
  /** What the server speaks. */
  readonly protocolVersion: string;
}

/** What can be cloned of an environ. */
export type PlainEnviron = Pick<Environ, "REQUEST_METHOD" | "SERVER_PROTOCOL"> &
  Readonly<Record<string, unknown>>;

export interface RequestTask {
  readonly environ: PlainEnviron;
  readonly closeConnection: boolean;
  /** The client waits for a `100 Continue`. */
  readonly expectsContinue: boolean;
}

/** What was sent, and what becomes of the connection. */
export interface RequestResult {
  /** The last bytes of the response; all of them, where it was ready at once. */
  readonly bytes: Uint8Array | undefined;
  readonly closeConnection: boolean;
  /** The answer ended before its time. */
  readonly isBroken: boolean;
  /** For the access log; `undefined` when nothing was sent, or nothing is to be logged. */
  readonly log: { readonly status: number; readonly size: number } | undefined;
}

export type MessageToRequest =
  | { readonly type: "chunk"; readonly chunk: Uint8Array }
  /** The request body is over. */
  | { readonly type: "end" }
  | {
      readonly type: "bodyFailed";
      readonly message: string;
      /** What the client is to be answered; `undefined` when it has gone away. */
      readonly status: number | undefined;
    }
  /** So many bytes of the response were taken by the client. */
  | { readonly type: "written"; readonly size: number }
  /** The client has sent its FIN. */
  | { readonly type: "fin" }
  /** The client has gone away. */
  | { readonly type: "gone" }
  /** The server shuts down. */
  | { readonly type: "stop" };

export type MessageFromRequest =
  /** More of the request body is wanted. */
  | { readonly type: "read" }
  | { readonly type: "write"; readonly bytes: Uint8Array }
  /** Somebody wants to know when the client goes away. */
  | { readonly type: "watch" }
  /** As `watch`, for the client's FIN. */
  | { readonly type: "watchFin" }
  /** As `watch`, for the end of the server. */
  | { readonly type: "watchStop" };
