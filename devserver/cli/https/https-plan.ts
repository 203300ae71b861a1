/**
 * What `--https`, `--cert FILE` and `--key FILE` say.
 *
 * Layer 10 (cli). Pure. Errors: `UsageError` for one file without the other.
 */
import { resolve } from "node:path";
import { type CommandContext, UsageError } from "../../../framework/management/command.ts";

/** Where certificate and key are; `undefined` for a self-made one. */
export interface HttpsFiles {
  readonly cert: string;
  readonly key: string;
}

export interface HttpsPlan {
  readonly files: HttpsFiles | undefined;
}

/** What the options say; `undefined` for plain HTTP. */
export function parseHttps({ values, cwd }: CommandContext): HttpsPlan | undefined {
  const { cert, key } = values;
  if (typeof cert === "string" && typeof key === "string")
    return { files: { cert: resolve(cwd, cert), key: resolve(cwd, key) } };
  if (cert !== undefined || key !== undefined)
    throw new UsageError("--cert and --key go together: a certificate and its key, as PEM files.");
  return values.https === true ? { files: undefined } : undefined;
}
