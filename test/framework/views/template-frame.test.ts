import { describe, expect, test } from "vitest";
import { render } from "../../../framework/shortcuts.ts";
import { path } from "../../../framework/urls/path.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { call, makeApplication } from "../../support/wsgi.ts";

async function pageFor(files: Record<string, string>, accept: string): Promise<string> {
  using folder = new TemporaryFolder();
  await folder.write(files);
  const view = path("", (request) => render(request, "page.html", { tune: { title: "T" } }));
  const application = await makeApplication([view], {
    DEBUG: true,
    TEMPLATES: { DIRS: [folder.path] },
  });
  const { text } = await call(application, { environ: { HTTP_ACCEPT: accept } });
  return text.replaceAll(folder.path, "FOLDER");
}

const FILES = {
  "base.html": "<html>\n{% block x %}{% endblock %}</html>",
  "page.html": '{% extends "base.html" %}\n{% block x %}\n{% include "row.html" %}\n{% endblock %}',
  "row.html": "<li>\n  {{ tune.titel }}\n</li>",
};

const FRAME = `FOLDER/row.html:2:11
  1 | <li>
> 2 |   {{ tune.titel }}
                ^ tune.titel is not defined: tune is an object; did you mean tune.title?
  3 | </li>
included by FOLDER/page.html:3:4
block x of FOLDER/base.html:2:4
extended by FOLDER/page.html:1:4`;

describe("the debug page of a template error", () => {
  test("shows the line in a chain of extends and include, and the chain", async () => {
    const html = await pageFor(FILES, "text/html");
    const escaped = FRAME.replaceAll("<", "&lt;").replaceAll(">", "&gt;");

    expect(html).toContain("<h1>VariableDoesNotExist at /</h1>");
    expect(html).toContain(`<h2>Template</h2>\n<pre>${escaped}</pre>`);
  });

  test("does so in plain text as well", async () => {
    expect(await pageFor(FILES, "text/plain")).toContain(`\n\n${FRAME}\n\n`);
  });

  test("says nothing of templates when none is to blame", async () => {
    expect(await pageFor({}, "text/html")).not.toContain("<h2>Template</h2>");
  });
});
