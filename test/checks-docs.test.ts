import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./support/projects.ts";

const LEVELS: Readonly<Record<string, string>> = { W: "warning", E: "error" };

test("docs/checks.md lists every id of a system check, with its level, and no other", () => {
  const source = globSync("framework/**/*check*.ts", { cwd: ROOT })
    .map((file) => readFileSync(join(ROOT, file), "utf8"))
    .join("\n");
  const inSource = [...source.matchAll(/"((?:[a-z]+|\d_\d)\.([WE])\d{3})"/g)].map(
    ([, id, letter = ""]) => `${id} ${LEVELS[letter]}`,
  );

  const rows = readFileSync(join(ROOT, "docs/checks.md"), "utf8").matchAll(
    /^\| `([^`]+)` +\| (\w+) /gm,
  );
  const listed = [...rows].map(([, id, level]) => `${id} ${level}`);

  expect(inSource.length).toBeGreaterThan(15);
  expect(listed.toSorted()).toEqual([...new Set(inSource)].toSorted());
});
