/**
 * `npm run fuzz [-- [http|bodies] [SEEDS [FIRST]]]`: a fuzz test at length (100,000 seeds by default):
 * `http` is the HTTP parser against llhttp, `bodies` are multipart bodies and Cookie headers.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const TESTS: Readonly<Record<string, string>> = {
  http: "test/devserver/httpserver/llhttp-differential.test.ts",
  bodies: "test/framework/http/body-fuzz.test.ts",
};

const root = join(import.meta.dirname, "..");
const [first = "", ...others] = process.argv.slice(2);
const [seeds = "100000", firstSeed = "0"] = first in TESTS ? others : process.argv.slice(2);

execFileSync(
  process.execPath,
  [join(root, "node_modules", "vitest", "vitest.mjs"), "run", TESTS[first] ?? TESTS.http ?? ""],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, FUZZ_SEEDS: seeds, FUZZ_FIRST: firstSeed },
  },
);
