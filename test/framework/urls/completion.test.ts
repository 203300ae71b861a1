import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LanguageServer } from "../../support/language-server.ts";
import { ROOT } from "../../support/projects.ts";

const IMPORTS = `import { reverse } from "minorswing/urls";
import { redirect } from "minorswing/shortcuts";
`;
const NAMES = [
  "api.v1",
  "api.v2",
  "archive",
  "files",
  "home",
  "inline",
  "leak",
  "polls:choices:choice",
  "polls:detail",
  "polls:month",
  "polls:wrapped",
  "search",
];

describe("an editor, in a project that has registered its patterns", () => {
  const server = new LanguageServer(join(ROOT, "test", "typed-project"));
  beforeAll(() => server.start());
  afterAll(() => server[Symbol.asyncDispose]());

  test.each<[code: string, offered: string[]]>([
    [`reverse("|")`, NAMES],
    [`redirect("|")`, NAMES],
    [`reverse("polls:detail", { | })`, ["pk", "site"]],
    [`redirect("polls:detail", { | })`, ["pk", "site"]],
    [`reverse("polls:detail", { site: "a", | })`, ["pk"]],
    [`reverse("home", {}, { | })`, ["currentApp?", "fragment?", "query?", "urlconf?"]],
  ])("offers for %s just what fits", async (code, offered) => {
    const labels = await server.completionsAt("being-written.ts", `${IMPORTS}${code};\n`);

    expect(labels.toSorted()).toEqual(offered);
  });
});
