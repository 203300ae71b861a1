import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { markSafe } from "../../../../framework/utils/safe-string.ts";
import { ROOT } from "../../../support/projects.ts";
import { makeTemplates } from "../../../support/templates.ts";

/** What Django 5.2.17 writes, in UTC: filter, value (`$date` and `$safe` stand for a datetime and a safe string), arguments, result. */
type Golden = [filter: string, value: unknown, args: unknown[], expected: string];

const goldens = readFileSync(join(ROOT, "test/support/django-filters.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Golden => JSON.parse(line));

const templates = makeTemplates();

function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  if ("$date" in value) return new Date(String(value.$date));
  return "$safe" in value ? markSafe(String(value.$safe)) : value;
}

function apply([filter, value, args]: Golden): string {
  const list = args.length === 0 ? "" : `(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
  return templates.fromString(`{{ v | ${filter}${list} }}`).render({ v: revive(value) });
}

const names = [...new Set(goldens.map(([name]) => name))];

describe("filters that write what Django writes", () => {
  test("are many", () => {
    expect(names.length).toBeGreaterThan(45);
    expect(goldens.length).toBeGreaterThan(500);
  });

  test.each(names)("%s", (name) => {
    const own = goldens.filter(([filter]) => filter === name);

    const written = own.map((golden) => [golden[1], golden[2], apply(golden)]);

    expect(written).toEqual(own.map(([, value, args, expected]) => [value, args, expected]));
  });
});
