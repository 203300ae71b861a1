/**
 * The vitest of a project.
 *
 * Layer 10 (cli). Reads package.json files.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The file that Node runs as vitest's command, as seen from `folder`; `undefined` when it is not installed. */
export function findVitest(folder: string): string | undefined {
  try {
    const manifest = createRequire(join(folder, "package.json")).resolve("vitest/package.json");
    const bin = binOf(JSON.parse(readFileSync(manifest, "utf8")));
    return bin === undefined ? undefined : join(dirname(manifest), bin);
  } catch {
    return undefined;
  }
}

/** `"bin": "x.mjs"` or `"bin": { "vitest": "x.mjs" }`. */
function binOf(manifest: unknown): string | undefined {
  if (typeof manifest !== "object" || manifest === null || !("bin" in manifest)) return undefined;
  const { bin } = manifest;
  if (typeof bin === "string") return bin;
  if (typeof bin !== "object" || bin === null || !("vitest" in bin)) return undefined;
  return String(bin.vitest);
}
