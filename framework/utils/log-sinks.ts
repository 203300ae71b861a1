/**
 * Where log records go: as text to a stream or to `console`, as objects to a logger that keeps them apart.
 *
 * Layer 0. Sources: the argument orders of `console` (`util.format`), pino 10 (`(object, message)`; an object after the
 * message would be dropped) and winston 3 (`(message, object)`).
 */
import { inspect } from "node:util";
import type { Logger, LogLevel } from "./logger.ts";
import { formatError } from "./stack.ts";

/** One message, ready to be written. */
export interface LogRecord {
  readonly level: LogLevel;
  /** The logger's name: `"minorswing.request"`. */
  readonly name: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** What belongs to the request: its id. */
  readonly bindings: Readonly<Record<string, unknown>>;
  /** What the message says in words already, for loggers that write objects: the status, say. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** `undefined` where there is none. */
  readonly error: { readonly thrown: unknown } | undefined;
  /** Where text goes. */
  readonly stream: { write(text: string): void };
}

export type LogSink = (record: LogRecord) => void;

/** A logger that takes the details first: pino, and what has its interface. Known by `bindings()`. */
export interface ObjectFirstLogger {
  debug(details: object, message?: string): void;
  info(details: object, message?: string): void;
  warn(details: object, message?: string): void;
  error(details: object, message?: string): void;
  bindings(): object;
}

/** Writes lines to the stream of the record. */
export const writeText: LogSink = (record) => record.stream.write(`${formatRecord(record)}\n`);

/** Hands records to a logger in the way it takes them. */
export function sinkOf(logger: Logger | ObjectFirstLogger): LogSink {
  if (isConsole(logger)) {
    // As an argument, since console would read a "%" of the message as a directive.
    return (record) => logger[record.level]("%s", formatRecord(record));
  }
  if ("bindings" in logger) {
    return (record) => logger[record.level](toObject(record, "err"), record.message);
  }
  return (record) => logger[record.level](record.message, toObject(record, "error"));
}

/** `paid amount=3 requestId=4f1c`, then the error with its stack and causes. */
export function formatRecord({ message, details, bindings, error }: LogRecord): string {
  const pairs = Object.entries({ ...details, ...bindings })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${formatValue(value)}`);
  const line = `${message}${pairs.join("")}`;
  return error === undefined ? line : `${line}\n${formatError(error.thrown)}`;
}

/** pino serializes an error only under the key `err`; most other loggers write `{}` for one, so the stack stands beside it. */
function toObject(record: LogRecord, errorKey: "err" | "error"): Record<string, unknown> {
  const { name, facts, bindings, details, error } = record;
  const all = { logger: name, ...facts, ...bindings, ...details };
  if (error === undefined) return all;
  const { thrown } = error;
  return errorKey === "err"
    ? { ...all, err: thrown }
    : { ...all, error: thrown, stack: formatError(thrown) };
}

function formatValue(value: unknown): string {
  if (typeof value === "string") return /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true, depth: 4 });
}

/** By its members: test runners and inspectors put a console of their own in its place. */
function isConsole(logger: Logger | ObjectFirstLogger): logger is Console {
  return "table" in logger && "groupEnd" in logger;
}
