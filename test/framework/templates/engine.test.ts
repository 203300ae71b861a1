import { describe, expect, test } from "vitest";
import {
  TemplateDoesNotExist,
  TemplateError,
  Templates,
} from "../../../framework/templates/engine.ts";
import { path } from "../../../framework/urls/path.ts";
import { URLResolver } from "../../../framework/urls/resolver.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { makeRequest } from "../../support/wsgi.ts";

const resolver = new URLResolver([path("a/<int:pk>/<str:s>/", () => null, { name: "a" })]);

async function render(
  files: Record<string, string>,
  context: Record<string, unknown> = {},
  options: ConstructorParameters<typeof Templates>[0]["OPTIONS"] = {},
): Promise<string> {
  using folder = new TemporaryFolder();
  await folder.write(files);
  const templates = new Templates({ DIRS: [folder.path], OPTIONS: options }, { resolver });
  return templates.renderToString("page.html", context, makeRequest({ path: "/here/" }));
}

describe("Templates", () => {
  test("renders with inheritance, and escapes", async () => {
    const text = await render(
      {
        "base.html": "<b>{% block content %}{% endblock %}</b>",
        "page.html": '{% extends "base.html" %}{% block content %}{{ name }}{% endblock %}',
      },
      { name: "<i>&'\"" },
    );

    expect(text).toBe("<b>&lt;i&gt;&amp;&#39;&quot;</b>");
  });

  test("gives the request, what context processors add, and the project's filters", async () => {
    const text = await render(
      { "page.html": "{{ request.path }} {{ site }} {{ name | shout }}" },
      { name: "x", site: "mine" },
      {
        contextProcessors: [() => ({ site: "processor", name: "y" })],
        filters: { shout: (value: string) => `${value.toUpperCase()}!` },
      },
    );

    expect(text).toBe("/here/ mine X!");
  });

  test("reads a saved template anew with debug, and keeps it without", async () => {
    using folder = new TemporaryFolder();
    const debug = new Templates({ DIRS: [folder.path] }, { resolver, debug: true });
    const production = new Templates({ DIRS: [folder.path] }, { resolver });

    await folder.write({ "page.html": "one" });
    const first = [debug, production].map((templates) => templates.renderToString("page.html"));
    await folder.write({ "page.html": "two" });
    const second = [debug, production].map((templates) => templates.renderToString("page.html"));

    expect(first).toEqual(["one", "one"]);
    expect(second).toEqual(["two", "one"]);
  });

  test.each([
    ["page.html", {}],
    ["base.html", { "page.html": '{% extends "base.html" %}' }],
    ["part.html", { "page.html": '{% include "part.html" %}' }],
  ])("names the missing %s and where it was looked for", async (name, files) => {
    const rendering = render(files);

    await expect(rendering).rejects.toThrow(TemplateDoesNotExist);
    await expect(rendering).rejects.toThrow(
      new RegExp(`no template is named "${name}".* searched in /`),
    );
  });

  test("says where a template does not parse", async () => {
    const rendering = render({ "page.html": "one\n{% if %}" });

    await expect(rendering).rejects.toThrow(TemplateError);
    await expect(rendering).rejects.toThrow(/page\.html\) \[Line 2, Column/);
  });

  test("keeps the error of a filter as the cause", async () => {
    const cause = new RangeError("too loud");
    const rendering = render(
      { "page.html": "{{ 1 | shout }}" },
      {},
      {
        filters: {
          shout() {
            throw cause;
          },
        },
      },
    );

    await expect(rendering).rejects.toMatchObject({ cause });
  });
});

describe("{% url %}", () => {
  test.each([
    ['{% url "a" pk=1 s="x" %}', "/a/1/x/"],
    ["{% url name pk=tune.pk s=tune.title %}", "/a/7/T%20U/"],
    ['{% url "a" pk=1 s="&" %}', "/a/1/&amp;/"],
  ])("%s", async (source, expected) => {
    const context = { name: "a", tune: { pk: 7, title: "T U" } };

    expect(await render({ "page.html": source }, context)).toBe(expected);
  });

  test.each([
    ['{% url "nope" %}', /Reverse for 'nope' not found/],
    ['{% url "a" 1 %}', /takes a name and named parameters/],
    ["{% url missing %}", /the name in {% url %} is undefined/],
  ])("%s says what is wrong", async (source, message) => {
    await expect(render({ "page.html": source })).rejects.toThrow(message);
  });
});
