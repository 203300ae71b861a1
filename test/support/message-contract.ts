/**
 * What an application and its client may expect of each other, whatever stands between them: one list of behaviours,
 * each an application, a message and what comes of it. message-transports.ts says over what they run.
 */
import { expect, vi } from "vitest";
import type { Chunk, Environ, HeaderList, WSGIApplication } from "../../framework/wsgi.ts";
import type { Message, MessageAnswer, Served, TransportName } from "./message-transports.ts";

/** What an application has noted about its own fate. */
export class Seen {
  /** How often its body was closed. */
  closed = 0;
  readonly notes: string[] = [];

  note(text: string): void {
    this.notes.push(text);
  }
}

/** Where a behaviour does not hold, and why not. `validated` is any transport with `validator` before the application. */
export type Exceptions = Partial<Record<TransportName | "validated", string>>;

export interface Expected {
  /** @default 200 */
  readonly status?: number;
  readonly reason?: string;
  /** By name in lower case; `undefined` for a header that must not be there. */
  readonly headers?: Readonly<Record<string, string | RegExp | undefined>>;
  readonly cookies?: readonly string[];
  readonly body?: string | RegExp;
  /** The answer ends before it is whole. @default false */
  readonly isBroken?: boolean;
  /** Part of what is written to `wsgi.errors`. @default nothing may be written */
  readonly reported?: string;
  /** How often the body is closed, where it counts. */
  readonly closed?: number;
}

export interface Behaviour {
  readonly name: string;
  readonly application: (seen: Seen) => WSGIApplication | Promise<WSGIApplication>;
  readonly message?: Message;
  readonly expected: Expected;
  readonly except?: Exceptions;
}

/** A client that goes away when the application has noted `leaveAfter`, and what the application notes in the end. */
export interface DepartureBehaviour {
  readonly name: string;
  readonly application: Behaviour["application"];
  readonly message?: Message;
  readonly leaveAfter: string;
  readonly notes: readonly string[];
  readonly closed: number;
}

/** What the lists of behaviours share. */
export const TEXT: HeaderList = [["Content-Type", "text/plain"]];
export const ERROR_PAGE = "A server error occurred.  Please contact the administrator.";
export const LOSES_LENGTH = "the body that validator returns is no array, so its length is unknown";
export const VIOLATES = "validator reports the violation itself, in words of its own";

export const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** An application that answers 200 with `body`, or what it is given. */
export function answer(
  body: Iterable<Chunk> | AsyncIterable<Chunk>,
  headers: HeaderList = [],
  status: string = "200 OK",
): WSGIApplication {
  return (_environ, startResponse) => {
    startResponse(status, [...TEXT, ...headers]);
    return body;
  };
}

/** `body` as one that counts its closing. */
export function counted(
  seen: Seen,
  body: Iterable<Chunk> | AsyncIterable<Chunk>,
): ReturnType<WSGIApplication> {
  return Object.assign(body, {
    close: () => {
      seen.closed += 1;
    },
  });
}

/** Values as JSON in ASCII. */
export function json(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An application that answers with what `look` finds in the environ, as JSON. */
export function echo(look: (environ: Environ) => unknown): () => WSGIApplication {
  return () => async (environ, startResponse) => {
    const found = (await look(environ)) ?? null;
    startResponse("200 OK", TEXT);
    return [Buffer.from(json(found))];
  };
}

/** Sends the message of a behaviour, and looks at what comes of it. */
export async function checkBehaviour(
  served: Served,
  behaviour: Behaviour,
  seen: Seen,
): Promise<void> {
  const { expected } = behaviour;

  const received = await served.send(behaviour.message ?? {});

  checkAnswer(received, expected);
  if (expected.reported === undefined) expect(served.reported).toEqual([]);
  else await vi.waitFor(() => expect(served.reported.join("")).toContain(expected.reported));
  if (expected.closed !== undefined)
    await vi.waitFor(() => expect(seen.closed).toBe(expected.closed));
}

/** Leaves in the middle, and looks at what the application makes of that. */
export async function checkDeparture(
  served: Served,
  behaviour: DepartureBehaviour,
  seen: Seen,
): Promise<void> {
  await using visit = await served.begin(behaviour.message ?? {});
  await vi.waitFor(() => expect(seen.notes).toContain(behaviour.leaveAfter), { timeout: 5000 });

  visit.leave();

  await vi.waitFor(() => expect(seen.notes).toEqual(behaviour.notes), { timeout: 5000 });
  await vi.waitFor(() => expect(seen.closed).toBe(behaviour.closed));
  expect(served.reported).toEqual([]);
}

function checkAnswer(received: MessageAnswer, expected: Expected): void {
  expect(received.status).toBe(expected.status ?? 200);
  expect(received.isBroken).toBe(expected.isBroken ?? false);
  if (expected.reason !== undefined) expect(received.reason).toBe(expected.reason);
  if (expected.cookies !== undefined) expect(received.cookies).toEqual(expected.cookies);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const wanted = value instanceof RegExp ? expect.stringMatching(value) : value;
    expect([name, received.headers.get(name)]).toEqual([name, wanted]);
  }
  if (expected.body instanceof RegExp) expect(received.body).toMatch(expected.body);
  // Megabytes that differ by a byte are no help in a report.
  else if (expected.body !== undefined && expected.body.length > 10_000)
    expect([received.body.length, received.body === expected.body]).toEqual([
      expected.body.length,
      true,
    ]);
  else if (expected.body !== undefined) expect(received.body).toBe(expected.body);
}
