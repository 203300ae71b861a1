/**
 * The list of system checks, and running them.
 *
 * Layer 1 (checks). Errors: `TypeError` for a check that returns no messages, as in Django; whatever a check throws.
 * Source: Django core/checks/registry.py (`CheckRegistry`).
 * Differs from Django: a check is given what it looks at (an application, as a rule) and reads no globals, so there
 * is a registry per subject and several applications can be checked; checks may be asynchronous; a check is
 * an object that holds its tags, not a decorated function.
 */
import { describeValue } from "../utils/describe.ts";
import { CheckMessage } from "./messages.ts";

/** One check. `Subject` is as little as it needs: a check of settings alone can be tested with settings alone. */
export interface Check<Subject> {
  /** Named for messages about the check itself. */
  readonly name: string;
  /** What it is about: `check --tag urls` runs those with the tag. */
  readonly tags: readonly string[];
  /** Only run by `check --deploy`. @default false */
  readonly deploy?: boolean;
  run(subject: Subject): Iterable<CheckMessage> | Promise<Iterable<CheckMessage>>;
}

export interface RunChecksOptions {
  /** Only checks with one of these tags. @default all */
  readonly tags?: readonly string[] | undefined;
  /** The deployment checks too. @default false */
  readonly deploy?: boolean | undefined;
}

/** Checks of one kind of subject, in the order they were registered. */
export class CheckRegistry<Subject> {
  readonly #checks: Set<Check<Subject>> = new Set<Check<Subject>>();

  /** A check that is registered already stays where it is. */
  register(...checks: readonly Check<Subject>[]): this {
    for (const check of checks) this.#checks.add(check);
    return this;
  }

  /** Every tag that `run` would find something for, sorted. */
  tagsAvailable(options: Pick<RunChecksOptions, "deploy"> = {}): string[] {
    return [...new Set(this.#chosen(options).flatMap((check) => check.tags))].toSorted();
  }

  /** All messages, silenced ones included, in the order of the checks. */
  async run(subject: Subject, options: RunChecksOptions = {}): Promise<CheckMessage[]> {
    const messages: CheckMessage[] = [];
    for (const check of this.#chosen(options)) messages.push(...(await runCheck(check, subject)));
    return messages;
  }

  #chosen({ tags, deploy = false }: RunChecksOptions): Check<Subject>[] {
    return [...this.#checks].filter(
      (check) =>
        (deploy || check.deploy !== true) &&
        (tags === undefined || check.tags.some((tag) => tags.includes(tag))),
    );
  }
}

/** Runs checks without a registry. */
export async function runChecks<Subject>(
  subject: Subject,
  checks: readonly Check<Subject>[],
  options: RunChecksOptions = {},
): Promise<CheckMessage[]> {
  return await new CheckRegistry<Subject>().register(...checks).run(subject, options);
}

async function runCheck<Subject>(check: Check<Subject>, subject: Subject): Promise<CheckMessage[]> {
  // The type says so, but a project's check may be plain JavaScript, or forget its return.
  const result: unknown = await check.run(subject);
  const messages = isIterable(result) ? [...result] : undefined;
  if (messages?.every((message) => message instanceof CheckMessage)) return messages;
  throw new TypeError(
    `The check ${check.name} must return an array of CheckMessage; it returned ${describeValue(result)}.`,
  );
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
