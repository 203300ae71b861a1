/**
 * The rules of the house, as functions over source texts: which folder may import from which.
 * Source: the table of layers in the design; README.md has it as a map.
 */
import { dirname, join } from "node:path/posix";

/** Paths relative to the repository, with their texts. */
export type Sources = ReadonlyMap<string, string>;

/** From the lowest layer up. A unit is a folder of `framework/` or `devserver/`, or a file right in it. */
export const LAYERS: readonly (readonly string[])[] = [
  ["framework/wsgi.ts", "framework/exceptions.ts", "framework/utils", "devserver/workers"],
  [
    "framework/signals",
    "framework/signing",
    "framework/checks",
    "devserver/socketserver",
    "devserver/autoreload",
  ],
  ["framework/http", "devserver/httpserver"],
  ["framework/urls", "devserver/wsgiserver"],
  ["framework/conf", "devserver/livereload"],
  // Templates name static files, so those stand below.
  ["framework/staticfiles"],
  ["framework/templates", "framework/sessions"],
  ["framework/middleware", "framework/messages", "framework/shortcuts.ts"],
  // Decorators of views are made from middleware, and views from shortcuts.
  ["framework/views"],
  // A middleware with a page and decorators of its own.
  ["framework/csrf"],
  ["framework/handlers"],
  ["framework/adapters"],
  ["framework/testing"],
  ["framework/management"],
  ["devserver/cli"],
  // The public door: lists names of every layer, and nothing imports it.
  ["framework/index.ts"],
];

/** Every relative import of a file, resolved; type imports, re-exports, `import()` and module augmentations included. */
export function importsOf(file: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const pattern =
    /(?:\bfrom\s*|\bimport\s*\(\s*|^import\s*|^declare module\s*)["'](?<path>\.[^"']+)["']/gm;
  return [...code.matchAll(pattern)].map((found) => join(dirname(file), found.groups?.path ?? ""));
}

/** Every import that goes up or sideways, and every unit without a layer, as sentences. */
export function upwardImports(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    const unit = unitOf(file);
    if (layerOf(unit) < 0) return [`${unit} has no layer`];
    return importsOf(file, text)
      .filter((target) => unitOf(target) !== unit && !mayImport(unit, unitOf(target)))
      .map((target) => `${file} may not import ${target}`);
  });
}

/** Every circle of files, each as `a -> b -> a`. */
export function cycles(sources: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    const text = sources.get(file);
    if (text === undefined) return;
    for (const target of importsOf(file, text)) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of sources.keys()) visit(file, []);
  return found;
}

function unitOf(file: string): string {
  return file.split("/").slice(0, 2).join("/");
}

function layerOf(unit: string): number {
  return LAYERS.findIndex((units) => units.includes(unit));
}

function mayImport(unit: string, target: string): boolean {
  if (layerOf(target) < 0 || layerOf(target) >= layerOf(unit)) return false;
  if (unit.startsWith("framework/")) return target.startsWith("framework/");
  return (
    unit === "devserver/cli" || target.startsWith("devserver/") || target === "framework/wsgi.ts"
  );
}
