/**
 * What was thrown, with everything that led to it: causes, the errors of an `AggregateError`, suppressed errors.
 *
 * Layer 6 (views). Pure. Never throws, whatever was thrown. Source: Django views/debug.py (`get_traceback_frames`).
 */
import { types } from "node:util";
import { errorMessage } from "../../utils/describe.ts";

/** One error of a chain. */
export interface Thrown {
  readonly value: unknown;
  readonly name: string;
  /** `""` where there is none. */
  readonly code: string;
  readonly message: string;
  /** What it is to the error above it, as `caused by`; `""` for the one that was thrown. */
  readonly relation: string;
  /** Set when this error was shown before; it is not followed again. */
  readonly isRepeated: boolean;
}

const MOST_ERRORS = 30;
const LONGEST_MESSAGE = 10_000;

/** Depth first: an error, then what caused it. */
export function chainOf(error: unknown): Thrown[] {
  const chain: Thrown[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown, relation: string): void => {
    if (chain.length >= MOST_ERRORS) return;
    const isRepeated = typeof value === "object" && value !== null && seen.has(value);
    chain.push({ value, ...describeThrown(value), relation, isRepeated });
    if (isRepeated) return;
    seen.add(value);
    for (const [next, how] of reasonsOf(value)) visit(next, how);
  };
  visit(error, "");
  return chain;
}

/** The name of what was thrown: of the error, or of its class when that says more. */
function errorName(error: unknown): string {
  if (!isError(error)) return `Thrown ${error === null ? "null" : typeof error}`;
  const name = text(() => error.name);
  const className = text(() => error.constructor.name);
  return (name === "Error" || name === "" ? className : name) || "Error";
}

/** Also for errors of another realm, as those of a `node:vm` are. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function describeThrown(value: unknown): Pick<Thrown, "name" | "code" | "message"> {
  const message = text(() => (isError(value) ? value.message : messageOf(value)));
  return {
    name: errorName(value),
    code: isError(value) ? text(() => Reflect.get(value, "code")) : "",
    message: message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message,
  };
}

/** An object that has no text of its own is told by its keys; what they hold may be secret. */
function messageOf(value: unknown): string {
  const message = errorMessage(value);
  if (message !== "[object Object]") return message;
  const keys = Object.keys(Object(value));
  return keys.length === 0 ? "{}" : `{ ${keys.join(", ")} }`;
}

/** Source: ECMA-262 `cause`, `AggregateError`; the explicit resource management proposal's `SuppressedError`. */
function* reasonsOf(value: unknown): Generator<[reason: unknown, relation: string]> {
  if (!isError(value)) return;
  const get = (key: string): unknown => attempt(() => Reflect.get(value, key));
  const errors = get("errors");
  if (Array.isArray(errors)) {
    for (const [index, error] of errors.entries())
      yield [error, `error ${index + 1} of ${errors.length}`];
  }
  if (errorName(value) === "SuppressedError") {
    yield [get("error"), "thrown while resources were disposed of"];
    yield [get("suppressed"), "suppressed by it"];
  }
  if ("cause" in value && get("cause") !== undefined) yield [get("cause"), "caused by"];
}

function text(read: () => unknown): string {
  const value = attempt(read);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
