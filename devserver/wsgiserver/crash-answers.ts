/**
 * Answers for requests whose process is about to end: whoever waits gets a 500 instead of a reset.
 *
 * Layer 3 (wsgiserver). Why it works: while a process exits nothing can wait any more, but what is written to a
 * socket is handed to the system at once.
 */
import type { Chunk, HeaderList, StartResponse, WSGIApplication } from "../../framework/wsgi.ts";

const BODY = Buffer.from("The server process ended while it worked on this request.\n");
const HEADERS: HeaderList = [
  ["Content-Type", "text/plain"],
  ["Content-Length", String(BODY.byteLength)],
];

export interface CrashAnswers {
  readonly application: WSGIApplication;
  /** Answers every request whose application has not returned yet. Synchronous. */
  answer(): void;
}

/** Keeps account of the requests that are in `application`. */
export function crashAnswers(application: WSGIApplication): CrashAnswers {
  const waiting = new Set<StartResponse>();
  return {
    application: (environ, startResponse) => {
      waiting.add(startResponse);
      let result: ReturnType<WSGIApplication> | undefined;
      try {
        result = application(environ, startResponse);
        if (result instanceof Promise) return result.finally(() => waiting.delete(startResponse));
        return result;
      } finally {
        if (!(result instanceof Promise)) waiting.delete(startResponse);
      }
    },
    answer: () => {
      for (const startResponse of waiting) answerOne(startResponse, BODY);
    },
  };
}

function answerOne(startResponse: StartResponse, body: Chunk): void {
  try {
    void startResponse("500 Internal Server Error", HEADERS, new Error("the process ends"))(body);
  } catch {
    // A response is on its way already, or the client has gone: nothing to add.
  }
}
