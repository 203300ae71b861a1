/**
 * Response headers as an application builds them up, in their order.
 *
 * Layer 3 (wsgiserver). Pure. Source: CPython wsgiref/headers.py (`Headers`).
 * Errors: `TypeError` for a name or value that cannot be sent.
 * Differs from Python: methods instead of `[]`, `in`, `del` and `len()`; a missing header is `undefined`; the list that is
 * given is not changed; values that could split the response are refused.
 */
import type { HeaderList } from "../../framework/wsgi.ts";
import { checkHeaderText } from "./start-response-checks.ts";

/** Names are looked up without regard to case. `startResponse` takes `items()`. */
export class Headers implements Iterable<readonly [name: string, value: string]> {
  #fields: (readonly [name: string, value: string])[];

  constructor(fields: HeaderList = []) {
    for (const [name, value] of fields) checkHeaderText(name, value);
    this.#fields = [...fields];
  }

  /** How many there are, repeated ones included. */
  get length(): number {
    return this.#fields.length;
  }

  /** The first header of this name. */
  get(name: string): string | undefined {
    return this.#fields.find(([found]) => isSame(found, name))?.[1];
  }

  /** Every header of this name, in order. */
  getAll(name: string): string[] {
    return this.#fields.filter(([found]) => isSame(found, name)).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Replaces every header of this name; the new one is the last. */
  set(name: string, value: string): void {
    checkHeaderText(name, value);
    this.delete(name);
    this.#fields.push([name, value]);
  }

  /** Removes every header of this name. One that is missing is no error. */
  delete(name: string): void {
    this.#fields = this.#fields.filter(([found]) => !isSame(found, name));
  }

  /** The first header of this name; adds it when there is none. */
  setDefault(name: string, value: string): string {
    const found = this.get(name);
    if (found !== undefined) return found;
    this.set(name, value);
    return value;
  }

  /**
   * Adds a header, with parameters: `addHeader("Content-Disposition", "attachment", { filename: "a.gif" })`. In their names
   * `_` becomes `-`; one that is `undefined` is its name alone.
   */
  addHeader(
    name: string,
    value: string | undefined,
    params: Readonly<Record<string, string | undefined>> = {},
  ): void {
    const parts = Object.entries(params).map(([key, text]) => formatParam(key, text));
    const whole = [...(value === undefined ? [] : [value]), ...parts].join("; ");
    checkHeaderText(name, whole);
    this.#fields.push([name, whole]);
  }

  keys(): string[] {
    return this.#fields.map(([name]) => name);
  }

  values(): string[] {
    return this.#fields.map(([, value]) => value);
  }

  /** Names and values, as a list of its own. */
  items(): HeaderList {
    return [...this.#fields];
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#fields.values();
  }

  /** As they are sent, with the empty line that ends them. */
  toString(): string {
    return `${this.#fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  }

  toBytes(): Buffer {
    return Buffer.from(this.toString(), "latin1");
  }
}

function formatParam(key: string, value: string | undefined): string {
  const name = key.replaceAll("_", "-");
  if (value === undefined || value === "") return name;
  return `${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
