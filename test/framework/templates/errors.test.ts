import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Http404 } from "../../../framework/exceptions.ts";
import {
  TemplateDoesNotExist,
  TemplateError,
  TemplateSyntaxError,
} from "../../../framework/templates/errors.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { makeTemplates, render, thrownBy } from "../../support/templates.ts";

const failing = (): never => {
  throw new RangeError("too loud");
};

/** page.html extends section.html extends base.html; page.html includes list.html, which includes row.html. */
const CHAIN = {
  "base.html": "<html>\n<body>\n  {% block body %}{% endblock %}\n</body>\n</html>\n",
  "section.html":
    '{% extends "base.html" %}\n{% block body %}\n<main>\n\n{% block main %}none{% endblock %}</main>\n{% endblock %}\n',
  "page.html":
    '{% extends "section.html" %}\n\n{% block main %}\n  <h1>Page</h1>\n  {% include "list.html" %}\n{% endblock %}\n',
  "list.html": '<ul>\n{% for row in [1, 2] %}\n\n  {% include "row.html" %}\n{% endfor %}</ul>\n',
  "row.html": "<li>\n{{ row }}</li>\n",
};

/** The places of an error: its own, then those that led there. */
async function placesOf(
  files: Record<string, string>,
  settings: Parameters<typeof makeTemplates>[1] = {},
): Promise<{ error: TemplateError; places: string[]; folder: string }> {
  using folder = new TemporaryFolder();
  await folder.write({ ...CHAIN, ...files });
  const templates = makeTemplates([folder.path], settings);
  const error = thrownBy(() => templates.renderToString("page.html", { failing }));
  if (!(error instanceof TemplateError)) throw error;
  const chain = error.chain.map(
    ({ how, templateName, line, column }) => `${how} ${templateName}:${line}:${column}`,
  );
  const own = `${error.location?.templateName}:${error.line}:${error.column}`;
  return { error, places: [own, ...chain], folder: folder.path };
}

const OUTER = [
  "included by list.html:4:6",
  "included by page.html:5:6",
  "block main of section.html:5:4",
  "block body of base.html:3:6",
  "extended by section.html:1:4",
  "extended by page.html:1:4",
];

describe("a three-level chain of extends and include", () => {
  test("works when nothing is wrong", async () => {
    using folder = new TemporaryFolder();
    await folder.write(CHAIN);

    const text = makeTemplates([folder.path]).renderToString("page.html");

    expect(text.match(/<li>\n\d/g)).toEqual(["<li>\n1", "<li>\n2"]);
  });

  test.each([
    ["a filter that throws", "{{ row | date(failing()) }}", /RangeError: too loud/, 15],
    [
      "a call of nothing",
      "{{ row }}{{ missing() }}",
      /missing cannot be called: it is undefined/,
      13,
    ],
    ["a call of a missing method", "{{ row.sing() }}", /row.sing cannot be called/, 8],
    ["a loop over a number", "{% for x in 5 %}{% endfor %}", /5 \(a number\) is not iterable/, 13],
    ["a tag that throws", "{% url 'nope' %}", /NoReverseMatch: Reverse for 'nope' not found/, 4],
    ["a syntax error", "{% endif %}", /unexpected {% endif %}: no {% if %} is open/, 4],
    ["an unknown filter", "{{ 1 | nope }}", /there is no filter called nope/, 8],
  ])(
    "names the innermost line of %s, and the whole chain",
    async (_what, source, message, column) => {
      const { error, places, folder } = await placesOf({ "row.html": `<li>\n\n${source}</li>` });

      expect(error.problem).toMatch(message);
      expect(error.file).toBe(join(folder, "row.html"));
      expect(places).toEqual([`row.html:3:${column}`, ...OUTER]);
      expect(error.message).toContain("row.html:3:");
      expect(error.message).toContain("\n  extended by page.html:1:4");
    },
  );

  test("names a line in the middle of the chain", async () => {
    const source = '{% extends "base.html" %}\n\n{% block body %}\n\n{{ failing() }}{% endblock %}';
    const { places } = await placesOf({ "section.html": source });

    expect(places).toEqual([
      "section.html:5:4",
      "block body of base.html:3:6",
      "extended by section.html:1:4",
      "extended by page.html:1:4",
    ]);
  });

  test("names a line of the outermost template", async () => {
    const { places } = await placesOf({ "base.html": "\n\n\n  {{ failing() }}" });

    expect(places).toEqual([
      "base.html:4:6",
      "extended by section.html:1:4",
      "extended by page.html:1:4",
    ]);
  });

  test("names a syntax error in a template that is extended", async () => {
    const { error, places } = await placesOf({ "base.html": "<html>\n\n{% if x %}" });

    expect(error).toBeInstanceOf(TemplateSyntaxError);
    expect(places).toEqual([
      "base.html:3:4",
      "extended by section.html:1:4",
      "extended by page.html:1:4",
    ]);
  });

  test.each([
    ["extends", { "section.html": '\n{% extends "gone.html" %}' }, "section.html:2:12"],
    ["include", { "row.html": '\n {% include "gone.html" %}' }, "row.html:2:13"],
    ["import", { "row.html": '{% import "gone.html" as x %}' }, "row.html:1:11"],
  ])("names the line of an %s of a template that is missing", async (_tag, files, place) => {
    const { error, places, folder } = await placesOf(files);

    expect(error).toBeInstanceOf(TemplateDoesNotExist);
    expect(error).toMatchObject({
      code: "templates.does_not_exist",
      tried: [join(folder, "gone.html")],
    });
    expect(places[0]).toBe(place);
  });

  test("names the line in super()", async () => {
    const page = '{% extends "section.html" %}\n{% block main %}\n {{ super() }}{% endblock %}';
    const section =
      '{% extends "base.html" %}{% block body %}{% block main %}\n{{ failing() }}{% endblock %}{% endblock %}';
    const { places } = await placesOf({ "page.html": page, "section.html": section });

    expect(places.slice(0, 2)).toEqual(["section.html:2:4", "super() of page.html:3:5"]);
  });

  test("names the line in a macro of another template, and that of the call", async () => {
    const { places } = await placesOf({
      "forms.html": "{% macro field(name) %}\n\n  {{ name | date(failing()) }}{% endmacro %}",
      "row.html": '{% import "forms.html" as forms with context %}\n{{ forms.field(1) }}',
    });

    expect(places.slice(0, 3)).toEqual([
      "forms.html:3:18",
      "called by row.html:2:9",
      "included by list.html:4:6",
    ]);
  });
});

describe("a template error", () => {
  test("keeps what was thrown as its cause", () => {
    const error = thrownBy(() => render("{{ failing() }}", { failing }));

    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ cause: expect.any(RangeError), code: "templates.error" });
  });

  test("shows the lines around it", () => {
    const source = Array.from({ length: 30 }, (_none, index) => `line ${index + 1}`);
    source[14] = "{{ failing() }}";

    const error = thrownBy(() => render(source.join("\r\n"), { failing }));

    expect(error).toHaveProperty("sourceLines.length", 21);
    expect(error).toHaveProperty("sourceLines.0", { number: 5, text: "line 5", isCurrent: false });
    expect(error).toHaveProperty("sourceLines.10", {
      number: 15,
      text: "{{ failing() }}",
      isCurrent: true,
    });
  });

  test("counts lines and columns behind tags of several lines, comments and raw parts", () => {
    const source =
      "{# a\n b #}{% raw %}\n{{ }}\n{%\nendraw %}{% comment %}\n{% {% endcomment %}{{\n 1 |\n\n  nope }}";

    expect(thrownBy(() => render(source))).toMatchObject({ line: 9, column: 3 });
  });

  test("does not hide errors that mean an answer", () => {
    const missing = new Http404("gone");
    const run = (): never => {
      throw missing;
    };

    expect(thrownBy(() => render("{{ run() }}", { run }))).toBe(missing);
  });

  test("is readable for templates that include themselves", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "page.html": '{% include "page.html" %}' });

    const error = thrownBy(() => makeTemplates([folder.path]).renderToString("page.html"));

    expect(error).toMatchObject({ problem: expect.stringMatching(/without end/), line: 1 });
    expect(String(error).length).toBeLessThan(2000);
  });

  test("says that a circle of extends cannot be", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": '{% extends "b.html" %}', "b.html": '{% extends "a.html" %}' });

    expect(() => makeTemplates([folder.path]).renderToString("a.html")).toThrow(
      /no template is named "a.html"; searched in .*skipped, since it is extended already/,
    );
  });
});
