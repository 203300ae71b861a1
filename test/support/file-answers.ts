/**
 * A small file with known validators, and what a view answers that sends it.
 */
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import {
  FileResponse,
  type FileResponseOptions,
  type FileSource,
} from "../../framework/http/file-response.ts";
import { TemporaryFolder } from "./projects.ts";
import { answerOf, type Answer } from "./wsgi.ts";

export const LETTERS = "abcdefghij";
export const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";
export const ETAG = '"a-18bcfe56800"';

/** A folder with `letters.txt`, last changed at DATE. */
export class LettersFolder extends TemporaryFolder {
  readonly letters: string = join(this.path, "letters.txt");

  /** One for all tests of a file; it goes with the last of them. */
  static forTests(): LettersFolder {
    const folder = new LettersFolder();
    beforeAll(async () => {
      await folder.write({ "letters.txt": LETTERS });
      await utimes(folder.letters, 1_700_000_000, 1_700_000_000);
    });
    afterAll(() => folder[Symbol.dispose]());
    return folder;
  }

  /** The answer to a request with these headers for a view that sends `file`. */
  async ask(
    headers: Readonly<Record<string, string>> = {},
    file: FileSource = this.letters,
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
}
