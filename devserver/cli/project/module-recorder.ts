/**
 * Which modules a project consists of, seen while it is imported.
 *
 * Layer 10 (cli). Source: `module.registerHooks` of Node.
 */
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** In a checkout of the framework its own folders are not below node_modules. */
const OURS = [
  new URL("../../../framework/", import.meta.url),
  new URL("../../", import.meta.url),
].map(String);
const PACKAGE = /\/node_modules\//;

export class ModuleRecorder {
  /** Absolute paths of the project's own modules. */
  readonly modules: Set<string> = new Set<string>();
  /** URLs of what they import from packages. */
  readonly dependencies: Set<string> = new Set<string>();
  /** Told of each module of the project when it is imported. */
  onModule: (path: string) => void = () => undefined;
  /** Records from now on, for the life of the process: a module may be imported by a request. */
  start(): void {
    registerHooks({
      resolve: (specifier, context, nextResolve) => {
        const resolved = nextResolve(specifier, context);
        if (isProject(resolved.url)) this.#add(resolved.url);
        else if (isProject(context.parentURL) && resolved.url.startsWith("file:"))
          this.dependencies.add(resolved.url);
        return resolved;
      },
    });
  }

  #add(url: string): void {
    const path = fileURLToPath(url);
    if (this.modules.has(path)) return;
    this.modules.add(path);
    this.onModule(path);
  }
}

function isProject(url: string | undefined): boolean {
  if (url?.startsWith("file:") !== true) return false;
  return !PACKAGE.test(url) && !OURS.some((folder) => url.startsWith(folder));
}
