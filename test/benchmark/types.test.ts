import { expect, test } from "vitest";
import { Running } from "../support/processes.ts";
import { ROOT } from "../support/projects.ts";

test("projects of 1,000 routes compile, in includes and in one list", async () => {
  const compiled = new Running(process.execPath, ["benchmark/types.ts", "1", "1,000"], ROOT);

  const { exitCode, stdout } = await compiled.finish();

  expect(exitCode).toBe(0);
  expect(stdout.match(/^1,000 routes, .* \d+ instantiations$/gm)).toHaveLength(2);
}, 120_000);
