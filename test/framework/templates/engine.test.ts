import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { TemplateDoesNotExist } from "../../../framework/templates/errors.ts";
import { simpleTag } from "../../../framework/templates/tag-kinds.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { makeTemplates, render, renderFiles, thrownBy } from "../../support/templates.ts";
import { makeRequest } from "../../support/wsgi.ts";

describe("Templates", () => {
  test("renders with inheritance, and escapes as Django does", async () => {
    const text = await renderFiles(
      {
        "base.html": "<b>{% block content %}{% endblock %}</b>",
        "page.html": '{% extends "base.html" %}{% block content %}{{ name }}{% endblock %}',
      },
      { name: "<i>&'\"" },
    );

    expect(text).toBe("<b>&lt;i&gt;&amp;&#x27;&quot;</b>");
  });

  test("gives the request, what context processors add, globals and the project's filters", () => {
    const text = render(
      "{{ request.path }} {{ site }} {{ late }} {{ name | shout }} {{ year }}",
      { name: "x", site: "mine" },
      {
        OPTIONS: {
          contextProcessors: [
            () => ({ site: "processor", name: "y", late: "first" }),
            () => ({ late: "second" }),
          ],
          filters: { shout: (value: string) => `${value.toUpperCase()}!` },
          globals: { year: 1937, name: "global" },
        },
      },
      makeRequest({ path: "/here/" }),
    );

    expect(text).toBe("/here/ mine second X! 1937");
  });

  test("searches the project's folders first, then those of the apps in their order", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "templates/a.html": "project a",
      "one/templates/a.html": "one a",
      "one/templates/b.html": "one b",
      "two/templates/b.html": "two b",
      "two/templates/two/c.html": "two c",
    });
    const settings = { BASE_DIR: folder.path, INSTALLED_APPS: ["one", "two"] };
    const templates = makeTemplates([join(folder.path, "templates")], settings);

    const texts = ["a.html", "b.html", "two/c.html"].map((name) => templates.renderToString(name));

    expect(texts).toEqual(["project a", "one b", "two c"]);
  });

  test("leaves the apps out with APP_DIRS off", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "one/templates/a.html": "one" });
    const templates = makeTemplates([], {
      BASE_DIR: folder.path,
      INSTALLED_APPS: ["one"],
      TEMPLATES: { DIRS: [], APP_DIRS: false },
    });

    expect(() => templates.getTemplate("a.html")).toThrow(TemplateDoesNotExist);
  });

  test("takes the first of several names that exists", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "b.html": "b" });
    const templates = makeTemplates([folder.path]);

    expect(templates.renderToString(["a.html", "b.html"])).toBe("b");
    expect(templates.selectTemplate(["a.html", "b.html"])).toMatchObject({
      name: "b.html",
      file: join(folder.path, "b.html"),
    });
    expect(() => templates.selectTemplate([])).toThrow("No template names provided");
  });

  test("says every file that was tried", () => {
    const templates = makeTemplates(["/nowhere", "/else"]);

    const error = thrownBy(() => templates.renderToString(["a.html", "b.html"]));

    expect(error).toBeInstanceOf(TemplateDoesNotExist);
    expect(error).toMatchObject({
      names: ["a.html", "b.html"],
      tried: ["/nowhere/a.html", "/else/a.html", "/nowhere/b.html", "/else/b.html"],
      message: expect.stringMatching(/^no template is named "a.html" or "b.html"; searched in \//),
    });
  });

  test("reads a saved template anew with DEBUG, and keeps it without until the cache is cleared", async () => {
    using folder = new TemporaryFolder();
    const debug = makeTemplates([folder.path], { DEBUG: true });
    const production = makeTemplates([folder.path]);
    const both = (): string[] =>
      [debug, production].map((templates) => templates.renderToString("page.html"));

    await folder.write({ "page.html": '{% include "part.html" %}', "part.html": "one" });
    const first = both();
    await folder.write({ "part.html": "two" });
    const second = both();
    production.clearCache();
    const third = both();

    expect([first, second, third]).toEqual([
      ["one", "one"],
      ["two", "one"],
      ["two", "two"],
    ]);
  });

  test("notices with DEBUG that a template went away, or that one came to stand before it", async () => {
    using folder = new TemporaryFolder();
    const [front, back] = [join(folder.path, "front"), join(folder.path, "back")];
    await folder.write({ "back/a.html": "back" });
    const templates = makeTemplates([front, back], { DEBUG: true });

    const texts = [templates.renderToString("a.html")];
    await folder.write({ "front/a.html": "front" });
    texts.push(templates.renderToString("a.html"));
    rmSync(join(front, "a.html"));
    texts.push(templates.renderToString("a.html"));

    expect(texts).toEqual(["back", "front", "back"]);
  });

  test("refuses a context that is no object", () => {
    expect(() => render("", "text" as unknown as Record<string, unknown>)).toThrow(
      'context must be an object rather than "text" (a string)',
    );
  });

  test("refuses a context processor that does not return an object, or returns it later", () => {
    const rendering = (result: unknown) => (): string =>
      render(
        "",
        {},
        { OPTIONS: { contextProcessors: [() => result as Record<string, unknown>] } },
        makeRequest(),
      );

    expect(rendering(undefined)).toThrow(ImproperlyConfigured);
    expect(rendering(Promise.resolve({}))).toThrow(/must return an object; found a promise/);
  });

  test("leaves HTML alone with autoescape off", () => {
    const options = { OPTIONS: { autoescape: false } };

    expect(render("{{ a }}{{ b }}", { a: "<", b: undefined }, options)).toBe("<");
  });
});

describe("names of templates", () => {
  test.each([
    "../secret.html",
    "/etc/passwd",
    "a/../../secret.html",
    "a\\..\\b",
    "",
    "./x",
    "a//b",
    "a\0",
  ])("%j leads nowhere", async (name) => {
    using folder = new TemporaryFolder();
    await folder.write({ "secret.html": "secret", "templates/a/b.html": "b" });
    const templates = makeTemplates([join(folder.path, "templates")]);

    expect(() => templates.renderToString(name)).toThrow(TemplateDoesNotExist);
  });

  test("does not take a neighbour for a folder that its name begins with", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "templates-old/a.html": "old" });
    mkdirSync(join(folder.path, "templates"));
    const templates = makeTemplates([join(folder.path, "templates")]);

    expect(() => templates.getTemplate("../templates-old/a.html")).toThrow(TemplateDoesNotExist);
  });

  test("follows a link that somebody put into a folder", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "elsewhere/a.html": "there", "templates/b.html": "" });
    symlinkSync(join(folder.path, "elsewhere"), join(folder.path, "templates", "linked"));

    const templates = makeTemplates([join(folder.path, "templates")]);

    expect(templates.renderToString("linked/a.html")).toBe("there");
  });

  test("a folder is no template", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html/b.html": "b" });

    expect(() => makeTemplates([folder.path]).getTemplate("a.html")).toThrow(TemplateDoesNotExist);
  });
});

describe("registration", () => {
  test.each([
    ["an async filter", { filters: { late: async () => 1 } }, /filters.late is an async function/],
    ["an async generator", { filters: { late: async function* () {} } }, /is an async function/],
    ["an async test", { tests: { late: (async () => true) as never } }, /tests.late is an async/],
    [
      "an async tag",
      { tags: { late: simpleTag(async () => 1) } },
      /tags.late is an async function/,
    ],
    [
      "a name that cannot be written",
      { filters: { "a-b": () => 1 } },
      /name that templates cannot/,
    ],
    [
      "what is no function",
      { filters: { a: 1 as never } },
      /filters.a must be a function; found 1/,
    ],
    ["the tag if", { tags: { if: simpleTag(() => 1) } }, /tags.if has the name of a tag/],
    ["what is no tag", { tags: { a: (() => 1) as never } }, /tags.a must be made by simpleTag/],
  ])("refuses %s", (_what, OPTIONS, message) => {
    const error = thrownBy(() => makeTemplates([], { OPTIONS }));

    expect(error).toBeInstanceOf(ImproperlyConfigured);
    expect(error).toHaveProperty("message", expect.stringMatching(message));
  });

  test("a filter, tag or test of the project takes the place of a built-in one", () => {
    const OPTIONS = {
      filters: { upper: () => "mine" },
      tests: { even: () => true },
      tags: { now: simpleTag(() => "never") },
    };

    const text = render("{{ 'a' | upper }} {{ 3 is even }} {% now 'Y' %}", {}, { OPTIONS });

    expect(text).toBe("mine true never");
  });
});
