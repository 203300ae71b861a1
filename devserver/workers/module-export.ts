/**
 * Something named by its module and export: how a class or a function is told to a thread or a process,
 * since neither can be sent there.
 *
 * Layer 0 (workers). Errors: `TypeError` for a name that leads nowhere, saying what there is.
 */

export interface ModuleExport {
  /** The URL of the module; in the module itself, `import.meta.url`. */
  readonly module: string;
  /** @default "default" */
  readonly export?: string;
}

/** Imports the module and returns what it exports under that name. */
export async function importExport({
  module,
  export: name = "default",
}: ModuleExport): Promise<unknown> {
  if (!URL.canParse(module)) {
    throw new TypeError(
      `a module is named by its URL (import.meta.url, in the module itself); found ${JSON.stringify(module)}`,
    );
  }
  const exports: Readonly<Record<string, unknown>> = await import(module);
  if (Object.hasOwn(exports, name)) return exports[name];
  const others = Object.keys(exports);
  throw new TypeError(
    `${module} exports no ${JSON.stringify(name)}; ` +
      (others.length === 0 ? "it exports nothing" : `it exports ${others.join(", ")}`),
  );
}

/** A module beside the one with the URL `here`: `.ts` beside `.ts`, `.js` beside `.js`. */
export function besideModule(here: string, name: string): URL {
  return new URL(`./${name}${here.endsWith(".ts") ? ".ts" : ".js"}`, here);
}
