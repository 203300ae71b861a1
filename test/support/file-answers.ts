/**
 * A small file with known validators, and what a view answers that sends it.
 */
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import {
  FileResponse,
  type FileResponseOptions,
  type FileSource,
} from "../../framework/http/file-response.ts";
import type { TemporaryFolder } from "./projects.ts";
import { answerOf, type Answer } from "./wsgi.ts";

export const LETTERS = "abcdefghij";
export const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";
export const ETAG = '"a-18bcfe56800"';

/** Writes `letters.txt`, last changed at DATE. */
export async function writeLetters(folder: TemporaryFolder): Promise<void> {
  await folder.write({ "letters.txt": LETTERS });
  await utimes(join(folder.path, "letters.txt"), 1_700_000_000, 1_700_000_000);
}

/** The answer to a request with these headers for a view that sends `file`. */
export async function askForFile(
  headers: Readonly<Record<string, string>> = {},
  file: FileSource = "",
  options: FileResponseOptions & { readonly method?: string } = {},
): Promise<Answer> {
  const { method = "GET", ...rest } = options;
  const names = Object.entries(headers).map(([name, value]) => [
    `HTTP_${name.toUpperCase().replaceAll("-", "_")}`,
    value,
  ]);
  const environ: Record<string, unknown> = Object.fromEntries(names);
  return await answerOf(() => new FileResponse(file, rest), {}, { method, environ });
}
