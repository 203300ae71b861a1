/**
 * From the name of a template to the template: files in folders, each compiled once.
 *
 * Layer 5 (templates). Reads files, and only those below its folders: a name that starts with a slash or has `..` in it
 * is none. Without `reload` a file is read once; with it, at every use, and compiled anew when it changed.
 * Errors: `TemplateDoesNotExist` with everything that was tried, `TemplateSyntaxError`.
 * Source: Django template/loaders/filesystem.py, cached.py.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../utils/error-code.ts";
import { compileTemplate } from "./compile.ts";
import type { Library } from "./compilation.ts";
import { TemplateDoesNotExist } from "./errors.ts";
import type { CompiledTemplate } from "./frame.ts";

export class TemplateLoader {
  /** Searched in this order. */
  readonly folders: readonly string[];
  readonly #library: Library;
  readonly #reload: boolean;
  readonly #byName: Map<string, CompiledTemplate> = new Map<string, CompiledTemplate>();
  readonly #byFile: Map<string, CompiledTemplate> = new Map<string, CompiledTemplate>();

  constructor(folders: readonly string[], library: Library, options: { readonly reload: boolean }) {
    this.folders = folders;
    this.#library = library;
    this.#reload = options.reload;
  }

  /** The first of `names` that is in a folder, `except` files passed over. */
  load(names: readonly string[], except: readonly CompiledTemplate[] = []): CompiledTemplate {
    const tried: string[] = [];
    for (const name of names) {
      const template = this.find(name, except, tried);
      if (template !== undefined) return template;
    }
    throw new TemplateDoesNotExist(names, tried);
  }

  /** `undefined` when no folder has it; `tried` learns where it was looked for. */
  find(
    name: string,
    except: readonly CompiledTemplate[] = [],
    tried: string[] = [],
  ): CompiledTemplate | undefined {
    const isPlain = except.every(({ source }) => source.name !== name);
    const known = isPlain && !this.#reload ? this.#byName.get(name) : undefined;
    if (known !== undefined) return known;
    for (const file of this.#filesFor(name)) {
      if (except.some(({ source }) => source.file === file)) {
        tried.push(`${file} (skipped, since it is extended already)`);
        continue;
      }
      tried.push(file);
      const template = this.#read(name, file);
      if (template === undefined) continue;
      if (isPlain) this.#byName.set(name, template);
      return template;
    }
    return undefined;
  }

  /** Whether a folder has it; it need not parse. */
  has(name: string): boolean {
    return this.#filesFor(name).some((file) => readText(file) !== undefined);
  }

  clear(): void {
    this.#byName.clear();
    this.#byFile.clear();
  }

  #filesFor(name: string): readonly string[] {
    return isSafeName(name) ? this.folders.map((folder) => join(folder, name)) : [];
  }

  #read(name: string, file: string): CompiledTemplate | undefined {
    const known = this.#byFile.get(file);
    if (known !== undefined && !this.#reload) return known;
    const text = readText(file);
    // The text decides, not its time: two saves can fall into one tick of the file system's clock.
    if (text === undefined || known?.source.text === text)
      return text === undefined ? undefined : known;
    const template = compileTemplate({ name, file, text }, this.#library);
    this.#byFile.set(file, template);
    return template;
  }
}

const NO_FILE: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG"]);

/** `undefined` when there is no such file. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    if (NO_FILE.has(errorCode(error))) return undefined;
    throw error;
  }
}

/** Names with slashes between them, none of which leads elsewhere. */
function isSafeName(name: string): boolean {
  return (
    !/[\\\0]|^[a-z]:/i.test(name) &&
    name.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}
