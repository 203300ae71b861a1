/**
 * Naming values in messages: what was found, in words a person recognises.
 *
 * Layer 0. Pure.
 */
import { inspect } from "node:util";

/** `"yes" (a string)`, `undefined`, `a function named home`: for "expected a boolean; found …". */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `${JSON.stringify(shorten(value))} (a string)`;
  if (typeof value === "function")
    return value.name ? `a function named ${value.name}` : "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object") return describeObject(value);
  return `${inspect(value)} (a ${typeof value})`;
}

/** The error's own words, whatever was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return describeValue(error);
  }
}

function describeObject(value: object): string {
  if (value instanceof Promise) return "a promise";
  const name = value.constructor?.name ?? "";
  if (name === "" || name === "Object") return "an object";
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
