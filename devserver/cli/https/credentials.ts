/**
 * What a server proves itself with: certificate and key.
 *
 * Layer 10 (cli). Errors: `CommandError` for files that cannot be read, or that do not fit.
 */
import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { type CommandContext, CommandError } from "../../../framework/management/command.ts";
import { errorMessage } from "../../../framework/utils/describe.ts";
import type { TlsCredentials } from "../../wsgiserver/tls-gate.ts";
import { cacheFolder } from "../user-folders.ts";
import { cachedCertificate } from "./certificate-cache.ts";
import type { HttpsFiles, HttpsPlan } from "./https-plan.ts";
import { trustHint } from "./trust-hint.ts";

export interface LoadedCredentials {
  readonly credentials: TlsCredentials;
  /** What a user has to know; empty where they have brought a certificate of their own. */
  readonly hint: string;
}

export async function loadCredentials(
  { files }: HttpsPlan,
  env: CommandContext["env"],
): Promise<LoadedCredentials> {
  if (files !== undefined) return { credentials: await readCredentials(files), hint: "" };
  const folder = cacheFolder(env, process.platform);
  try {
    const { credentials, file } = await cachedCertificate(folder, Date.now());
    return { credentials, hint: trustHint(file, process.platform) };
  } catch (error) {
    throw new CommandError(`No certificate could be kept in ${folder}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

async function readCredentials(files: HttpsFiles): Promise<TlsCredentials> {
  try {
    const cert = await readFile(files.cert, "latin1");
    const key = await readFile(files.key, "latin1");
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    throw new CommandError(
      `--cert ${files.cert} and --key ${files.key} cannot be used: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}
