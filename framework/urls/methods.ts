/**
 * Which request methods a view answers.
 *
 * Layer 3 (urls). Pure. Errors: `ImproperlyConfigured` for a list that is none.
 * Source: RFC 9110 sections 9.3.2 (HEAD is served by GET), 9.3.7 (OPTIONS), 15.5.6 (405 has `Allow`).
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";

/**
 * What a view may say about itself, as a property of the function: `requireMethods(["GET"], view)` and `View.asView()`
 * set it. A `methods` option of `path` counts more than this; a view with neither is called for every method.
 */
export interface DeclaresMethods {
  readonly methods?: readonly string[];
}

/** The methods of one pattern. */
export class MethodList {
  /** As declared, in upper case. */
  readonly declared: readonly string[];
  readonly #allowed: ReadonlySet<string>;

  constructor(methods: unknown, where: string) {
    this.declared = checkMethods(methods, where);
    this.#allowed = new Set(
      this.declared.flatMap((name) => (name === "GET" ? [name, "HEAD"] : name)),
    );
  }

  allows(method: string): boolean {
    return this.#allowed.has(method);
  }

  /** With HEAD wherever there is GET. */
  get allowed(): Iterable<string> {
    return this.#allowed;
  }
}

function checkMethods(methods: unknown, where: string): string[] {
  const isList = Array.isArray(methods) && methods.length > 0;
  if (!isList || !methods.every(isToken)) {
    throw new ImproperlyConfigured(
      `the methods of ${where} must be an array of names such as ["GET", "POST"]; found ${describeMethods(methods)}`,
    );
  }
  return [...new Set(methods.map((method) => method.toUpperCase()))];
}

function isToken(method: unknown): method is string {
  return typeof method === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(method);
}

function describeMethods(methods: unknown): string {
  if (!Array.isArray(methods)) return describeValue(methods);
  return methods.length === 0 ? "an empty array" : `[${methods.map(describeValue).join(", ")}]`;
}
