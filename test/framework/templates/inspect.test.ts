import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkTemplates } from "../../../framework/templates/checks.ts";
import { inspectTemplates } from "../../../framework/templates/inspect.ts";
import { simpleTag } from "../../../framework/templates/tag-kinds.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { makeTemplates, resolver } from "../../support/templates.ts";

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  using folder = new TemporaryFolder();
  await folder.write(files);
  const OPTIONS = { tags: { own: simpleTag(() => "") } };
  const templates = makeTemplates([folder.path], { OPTIONS });
  return inspectTemplates({ templates, resolver }).map(
    ({ templateName, line, column, kind, message }) =>
      `${templateName}:${line}:${column} ${kind} ${message.split(";")[0]}`,
  );
}

describe("inspectTemplates", () => {
  test("finds nothing in templates that are right", async () => {
    const problems = await problemsOf({
      "base.html":
        '{% block x %}{% url "a" pk=1 s="b" %}{% endblock %}{% own %}{{ unknown | upper }}',
      "a/page.html":
        '{% extends "base.html" %}{% include "./part.html" %}{% include name %}{% url name %}',
      "a/part.html":
        '{% include "gone.html" ignore missing %}{% url "gone" as u %}{% import "../m.html" as m %}',
      "m.html": "{% macro f() %}{% endmacro %}",
    });

    expect(problems).toEqual([]);
  });

  test("finds everything that is wrong with a template, in order, with its place", async () => {
    const problems = await problemsOf({
      "page.html":
        '{% extends "gone.html" %}\n{{ a | uper }} {{ a is evn }}\n{% url "nope" %}{% include "../x.html" %}\n{% from "no.html" import a %}{{ b | nope }}',
      "broken.html": '{% include "gone.html" %}\n{% if x %}',
      "tag.txt": "\n{% nope %}",
    });

    expect(problems).toEqual([
      "broken.html:2:4 syntax {% if %} is never closed: {% endif %} is missing",
      'page.html:1:12 template no template is named "gone.html"',
      "page.html:2:8 syntax there is no filter called uper",
      "page.html:2:24 syntax there is no test called evn",
      expect.stringMatching(/^page.html:3:8 url Reverse for 'nope' not found/),
      'page.html:3:28 template the relative name "../x.html" leads out of the folders that page.html is in',
      'page.html:4:9 template no template is named "no.html"',
      "page.html:4:37 syntax there is no filter called nope",
      "tag.txt:2:4 syntax there is no tag {% nope %}",
    ]);
  });

  test("looks into every folder, also at templates that another hides, but not at what is no template", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "one/a.html": "",
      "two/templates/a.html": "{% if %}",
      "two/templates/.hidden.html": "{% if %}",
      "two/templates/a.html~": "{% if %}",
    });
    writeFileSync(join(folder.path, "one", "logo.png"), "\0{% if %}");
    const settings = {
      BASE_DIR: folder.path,
      INSTALLED_APPS: ["two"],
      TEMPLATES: { DIRS: [join(folder.path, "one"), join(folder.path, "missing")] },
    };

    const problems = inspectTemplates({ templates: makeTemplates([], settings), resolver });

    expect(problems.map(({ file }) => file)).toEqual([join(folder.path, "two/templates/a.html")]);
  });

  test("says nothing about an engine of another make", () => {
    const templates = { renderToString: () => "" };

    expect(inspectTemplates({ templates: templates as never, resolver })).toEqual([]);
  });

  test("becomes system checks", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": '{% url "x" %}\n{% if %}', "b.html": '{% include "c.html" %}' });

    const messages = checkTemplates({ templates: makeTemplates([folder.path]), resolver });

    expect(messages.map(({ id, level, obj }) => [id, level, obj])).toEqual([
      ["templates.E101", 40, `${join(folder.path, "a.html")}:2:7`],
      ["templates.E102", 40, `${join(folder.path, "b.html")}:1:12`],
    ]);
  });
});
