/**
 * What is said beside a message, without secrets.
 *
 * Layer 4 (conf). Pure. A request is reduced to its line, and what has the name of a secret is masked, at any depth of
 * plain objects, arrays, maps, headers and forms. Source: Django views/debug.py (`SafeExceptionReporterFilter`).
 */
import { RequestHeaders, ResponseHeaders } from "../http/headers.ts";
import { HttpRequest } from "../http/request.ts";
import type { LogRecord } from "../utils/log-sinks.ts";
import { MultiValueDict } from "../utils/multi-value-dict.ts";

const SECRET = /API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|COOKIE|SESSION|CREDENTIAL|QUERY_STRING/i;
const MASK = "********************";
const DEEPEST = 6;

/** Holds what was thrown, which need not be an error. */
export class Thrown {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** The details of a record; an error among them is set apart. */
export function safeDetails(given: object): Pick<LogRecord, "details" | "error"> {
  if (given instanceof Error) return { details: {}, error: { thrown: given } };
  const details: Record<string, unknown> = {};
  let error: LogRecord["error"];
  for (const [key, value] of Object.entries(given)) {
    if (key === "error" && value instanceof Error) error = { thrown: value };
    else if (value instanceof Thrown) error = { thrown: value.value };
    else details[key] = safeEntry(key, value, 0);
  }
  return { details, error };
}

function safeEntry(key: string, value: unknown, depth: number): unknown {
  return SECRET.test(key) && value !== undefined ? MASK : safeValue(value, depth);
}

function safeValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof HttpRequest) return `${value.method} ${value.path}`;
  if (depth >= DEEPEST) return "…";
  if (Array.isArray(value)) return value.map((entry) => safeValue(entry, depth + 1));
  const entries = entriesOf(value);
  if (entries === undefined) return value;
  return Object.fromEntries(entries.map(([key, entry]) => [key, safeEntry(key, entry, depth + 1)]));
}

/** Of what holds values by name; anything else is shown as it shows itself. */
function entriesOf(value: object): [key: string, value: unknown][] | undefined {
  if (value instanceof MultiValueDict) return [...value.lists()];
  if (
    value instanceof Map ||
    value instanceof URLSearchParams ||
    value instanceof RequestHeaders ||
    value instanceof ResponseHeaders
  )
    return [...value].map(([key, entry]: readonly [unknown, unknown]) => [String(key), entry]);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}
