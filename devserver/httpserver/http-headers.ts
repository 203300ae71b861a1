/**
 * The headers of one request: every field in order, looked up without regard to case.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/client.py (`HTTPMessage`).
 */
export class HTTPHeaders implements Iterable<[name: string, value: string]> {
  /** Names and values in turn. */
  readonly fields: readonly string[];

  constructor(fields: readonly string[] = []) {
    this.fields = fields;
  }

  /** The first field of this name. */
  get(name: string): string | undefined {
    const { fields } = this;
    for (let index = 0; index < fields.length; index += 2) {
      if (sameName(fields[index] ?? "", name)) return fields[index + 1];
    }
    return undefined;
  }

  /** Every field of this name, in order. */
  getAll(name: string): string[] {
    return [...this].filter(([found]) => sameName(found, name)).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *[Symbol.iterator](): Generator<[name: string, value: string]> {
    for (let index = 0; index < this.fields.length; index += 2) {
      yield [this.fields[index] ?? "", this.fields[index + 1] ?? ""];
    }
  }
}

/** The length check is the cheap one, and settles nearly every comparison. */
function sameName(a: string, b: string): boolean {
  return a.length === b.length && (a === b || a.toLowerCase() === b.toLowerCase());
}
