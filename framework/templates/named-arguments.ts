/**
 * `{{ f(a=1) }}`: arguments with names, on their way to what is called.
 *
 * Layer 5 (templates).
 */
export class NamedArguments {
  readonly values: Readonly<Record<string, unknown>>;

  constructor(values: unknown) {
    this.values = Object.fromEntries(Object.entries(Object(values)));
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }
}
