/**
 * A request body as JSON, checked by a schema where there is one.
 *
 * Layer 2 (http). Pure. Errors: `BadRequest` for what is no JSON, `InvalidRequestBody` for what the schema refuses.
 * Source: https://standardschema.dev (version 1), which zod, valibot, arktype and others implement. Its types
 * are repeated here, as it suggests, so that nothing has to be installed for them.
 */
import { BadRequest } from "../exceptions.ts";
import { errorMessage } from "../utils/describe.ts";

/** Any validator of the Standard Schema family. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema makes of a value it accepts. */
export type SchemaOutput<Schema extends StandardSchema> = NonNullable<
  Schema["~standard"]["types"]
>["output"];

/** What is wrong with one part of a body. */
export interface BodyIssue {
  /** Keys and indices that lead to it; empty for the whole body. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A JSON body that the view's schema refuses. Answered with 400 and the issues, as JSON. */
export class InvalidRequestBody extends BadRequest {
  override readonly name = "InvalidRequestBody";
  override readonly code = "http.invalid_body";
  readonly issues: readonly BodyIssue[];

  constructor(issues: readonly BodyIssue[]) {
    super(`The request body is not valid: ${issues.map(formatIssue).join("; ")}`);
    this.issues = issues;
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadRequest(`The request body is not JSON: ${errorMessage(error)}`, { cause: error });
  }
}

/** What `schema` makes of `value`. */
export async function validateBody(schema: StandardSchema, value: unknown): Promise<unknown> {
  const result = await schema["~standard"].validate(value);
  if (result.issues === undefined) return result.value;
  throw new InvalidRequestBody(
    result.issues.map(({ message, path = [] }) => ({ message, path: path.map(toKey) })),
  );
}

function toKey(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === "object" ? segment.key : segment;
  return typeof key === "symbol" ? String(key) : key;
}

function formatIssue({ path, message }: BodyIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}
