/**
 * `npm run build`: compiles the package into `dist/`, with declarations, and copies what is no code.
 */
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const assets = ["app-template", "project-template"].map((name) =>
  join("devserver", "cli", "scaffold", name),
);

rmSync(join(root, "dist"), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"],
  { cwd: root, stdio: "inherit" },
);
for (const folder of assets)
  cpSync(join(root, folder), join(root, "dist", folder), { recursive: true });
