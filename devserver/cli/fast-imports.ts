/**
 * Imports between the modules of this package, without a look at the disk for each.
 *
 * Layer 10 (cli). Effects: a hook for the life of the process. Node looks, for each of some 400 modules, whether the file is
 * there, where its links lead, and which package.json says what it is: half of the time that a start takes. A relative import
 * inside of this package names its file exactly, and what kind of file it is everybody knows. All other imports are as ever.
 */
import { realpathSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Without links: what a project imports from this package has no links in its URL either, and must be the same modules. */
const PACKAGE: string = pathToFileURL(realpathSync(join(import.meta.dirname, "..", ".."))).href;
const OURS: readonly string[] = [`${PACKAGE}/devserver/`, `${PACKAGE}/framework/`];
const FORMATS: Readonly<Record<string, string>> = { ".ts": "module-typescript", ".js": "module" };

export function importFast(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const format = specifier.startsWith(".") ? FORMATS[specifier.slice(-3)] : undefined;
      return format !== undefined && isOurs(context.parentURL)
        ? { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true }
        : nextResolve(specifier, context);
    },
  });
}

function isOurs(url: string | undefined): boolean {
  return url !== undefined && OURS.some((folder) => url.startsWith(folder));
}
