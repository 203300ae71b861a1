/**
 * The message contract: clients that do not wait for their answer.
 */
import { HttpResponse } from "../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../framework/http/streaming-response.ts";
import { path } from "../../framework/urls/path.ts";
import { bytes, counted, type DepartureBehaviour, type Seen, TEXT } from "./message-contract.ts";
import { makeApplication } from "./wsgi.ts";

/** Settles when the signal fires. */
async function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  if (!signal.aborted) await promise;
}

async function* waitingAfter(seen: Seen, ...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield bytes(text);
  seen.note("waiting");
  await Promise.withResolvers<void>().promise;
}

export const DEPARTURE_BEHAVIOURS: readonly DepartureBehaviour[] = [
  {
    name: "a body that waits for its next chunk is closed",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, waitingAfter(seen, "first"));
    },
    leaveAfter: "waiting",
    notes: ["waiting"],
    closed: 1,
  },
  {
    name: "a body that waits for its first chunk is closed",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      return counted(seen, waitingAfter(seen));
    },
    leaveAfter: "waiting",
    notes: ["waiting"],
    closed: 1,
  },
  {
    name: "a body that never ends is stopped and closed",
    application: (seen) => (_environ, startResponse) => {
      startResponse("200 OK", TEXT);
      const body = (function* () {
        try {
          for (let sent = 0; ; sent += 1) {
            if (sent === 3) seen.note("running");
            yield Buffer.alloc(65_536);
          }
        } finally {
          seen.note("stopped");
        }
      })();
      return counted(seen, body);
    },
    leaveAfter: "running",
    notes: ["running", "stopped"],
    closed: 1,
  },
  {
    name: "write() that nobody waits for harms nobody",
    application: (seen) => async (environ, startResponse) => {
      const { promise, resolve } = Promise.withResolvers<Error>();
      using _listener = environ["minorswing.client"]?.onGone(resolve);
      const write = startResponse("200 OK", TEXT);
      for (let count = 0; count < 50; count += 1) void write(Buffer.alloc(65_536));
      seen.note("written");
      await promise;
      return counted(seen, []);
    },
    leaveAfter: "written",
    notes: ["written"],
    closed: 1,
  },
  {
    name: "an application that reads a body learns that it will not end",
    application: (seen) => async (environ, startResponse) => {
      const input = environ["wsgi.input"];
      seen.note(Buffer.from(await input.read(5)).toString());
      await input.read().catch((error: unknown) => seen.note(String(error instanceof Error)));
      startResponse("200 OK", TEXT);
      return counted(seen, [bytes("to nobody")]);
    },
    message: { method: "POST", body: ["hello"], isOpen: true },
    leaveAfter: "hello",
    notes: ["hello", "true"],
    closed: 1,
  },
  {
    name: "minorswing.client says so while the application works",
    application: (seen) => async (environ, startResponse) => {
      const { promise, resolve } = Promise.withResolvers<Error>();
      using _listener = environ["minorswing.client"]?.onGone(resolve);
      seen.note("at work");
      seen.note(`gone: ${(await promise) instanceof Error}`);
      startResponse("200 OK", TEXT);
      return counted(seen, [bytes("to nobody")]);
    },
    leaveAfter: "at work",
    notes: ["at work", "gone: true"],
    closed: 1,
  },
  {
    name: "request.signal says so while the view works",
    application: (seen) =>
      makeApplication([
        path("", async (request) => {
          seen.note("at work");
          await aborted(request.signal);
          seen.note("aborted");
          const response = new HttpResponse("to nobody");
          response.onClose(() => void (seen.closed += 1));
          return response;
        }),
      ]),
    leaveAfter: "at work",
    notes: ["at work", "aborted"],
    closed: 1,
  },
  {
    name: "a streaming response is closed while it waits",
    application: (seen) =>
      makeApplication([
        path("", () => {
          const response = new StreamingHttpResponse(waitingAfter(seen, "first"));
          response.onClose(() => void (seen.closed += 1));
          return response;
        }),
      ]),
    leaveAfter: "waiting",
    notes: ["waiting"],
    closed: 1,
  },
];
