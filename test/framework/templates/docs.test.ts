import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../support/projects.ts";
import { makeTemplates } from "../../support/templates.ts";

const page = readFileSync(join(ROOT, "docs/templates.md"), "utf8");
const { filters, tests, tags } = makeTemplates().library;

/** The words in backquotes of one section. */
function wordsOf(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split(/\n##+ /)[0] ?? "";
  return [...section.matchAll(/`([a-z_0-9]+)(?:\([a-z]\))?`/g)].map(([, word = ""]) => word);
}

test("docs/templates.md names every filter, and no other", () => {
  expect(new Set(wordsOf("Filters"))).toEqual(new Set(filters.keys()));
});

test("docs/templates.md names every test, and no other", () => {
  expect(new Set(wordsOf("Tests"))).toEqual(new Set(tests.keys()));
});

test("docs/templates.md names every tag", () => {
  expect([...tags.keys()].filter((name) => !page.includes(`\`{% ${name} `))).toEqual([]);
});
