import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./support/processes.ts";
import { makeProject, ROOT, settingsSource } from "./support/projects.ts";

const guide = readFileSync(join(ROOT, "docs/testing.md"), "utf8");

/** The guest book that the guide tests. */
const SITE = {
  "settings.ts": settingsSource(`READ_ONLY: false,
  MIDDLEWARE: [csrfMiddleware],
  TEMPLATES: { DIRS: [join(import.meta.dirname, "templates")] }`).replace(
    /^/,
    'import { join } from "node:path";\nimport { csrfMiddleware } from "minorswing/csrf";\n',
  ),
  "urls.ts": `import { path } from "minorswing/urls";
import { entries, write } from "./views.ts";
export const urlpatterns = [path("", entries, { name: "entries" }), path("write/", write)];
`,
  "views.ts": `import { type HttpRequest, HttpResponse, JsonResponse } from "minorswing/http";
import { redirect, render } from "minorswing/shortcuts";
import { reverse } from "minorswing/urls";
const written: string[] = [];
export const entries = (request: HttpRequest) => render(request, "entries.html", { entries: written });
export async function write(request: HttpRequest) {
  if (Reflect.get(request.app.settings, "READ_ONLY") === true) return new HttpResponse("", { status: 403 });
  const text = (await request.POST).get("text") ?? "";
  if (text === "") return new JsonResponse({ error: "no text" }, { status: 400 });
  written.push(text);
  return redirect(reverse("entries"));
}
`,
  "templates/entries.html":
    "<ul>\n{% for entry in entries %}  <li>\n    {{ entry }}\n  </li>\n{% endfor %}</ul>\n",
  "vitest.config.ts": `export default {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
};
`,
};

const TYPES = {
  target: "es2025",
  lib: ["es2025", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  customConditions: ["source"],
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
};

test("the example of docs/testing.md runs as it stands, and its types are right", async () => {
  const example = /```ts\n([\s\S]+?)```/.exec(guide)?.[1] ?? "";
  using folder = await makeProject({
    ...SITE,
    "guest-book.test.ts": example,
    "tsconfig.json": JSON.stringify({ compilerOptions: TYPES, include: ["*.ts"] }),
  });
  for (const name of ["vitest", "@types"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder.path, "node_modules", name));

  const inFolder = (...args: readonly string[]) => run(process.execPath, args, folder.path);

  const report = join(folder.path, "report.json");
  const tests = await inFolder(
    join(ROOT, "node_modules/vitest/vitest.mjs"),
    "run",
    `--root=${folder.path}`,
    "--reporter=json",
    `--outputFile=${report}`,
  );
  const types = await inFolder(join(ROOT, "node_modules/typescript/bin/tsc"), "-p", ".");

  expect(tests).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
    numPassedTests: 4,
    numTotalTests: 4,
  });
  expect(types.stdout).toBe("");
});
