/**
 * `npm run fuzz [-- SEEDS [FIRST]]`: the differential run against llhttp, at length (100,000 seeds by default).
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const [seeds = "100000", first = "0"] = process.argv.slice(2);

execFileSync(
  process.execPath,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "test/devserver/httpserver/llhttp-differential.test.ts",
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, FUZZ_SEEDS: seeds, FUZZ_FIRST: first } },
);
