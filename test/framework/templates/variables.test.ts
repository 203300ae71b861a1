import { describe, expect, test } from "vitest";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import { VariableDoesNotExist } from "../../../framework/templates/errors.ts";
import { render, renderFiles, thrownBy } from "../../support/templates.ts";

const CONTEXT = {
  name: "Django",
  user: { nickname: "Django", nothing: undefined, empty: null },
  items: [1, 2],
  counts: new Map([["a", 1]]),
  query: new QueryDict("page=2"),
  cookies: Object.create(null) as Record<string, string>,
};

const inDebug = (source: string, context: Record<string, unknown> = CONTEXT): string =>
  render(source, context, { DEBUG: true });

describe("an unknown name with DEBUG", () => {
  test.each([
    ["a\n{{ nmae }}", 2, 4, "nmae is not defined; did you mean name?"],
    [
      "{{ xyzzy }}",
      1,
      4,
      "xyzzy is not defined; if it may be missing, write default(…) or is defined",
    ],
    [
      "{{ user.nicknane }}",
      1,
      9,
      "user.nicknane is not defined: user is an object; did you mean user.nickname?",
    ],
    [
      "{{ user['nicknane'] }}",
      1,
      9,
      "user.nicknane is not defined: user is an object; did you mean user.nickname?",
    ],
    ["{{ usr.nickname }}", 1, 4, "usr is not defined; did you mean user?"],
    [
      "{{ user.nickname.lenght }}",
      1,
      18,
      'user.nickname.lenght is not defined: user.nickname is "Django" (a string); did you mean user.nickname.length?',
    ],
    ["{{ nmae | upper }}", 1, 4, "nmae is not defined; did you mean name?"],
    [
      "{{ name | date(frmat) }}",
      1,
      16,
      "frmat is not defined; if it may be missing, write default(…) or is defined",
    ],
    ["{% for x in itms %}{% endfor %}", 1, 13, "itms is not defined; did you mean items?"],
    ["{% if nmae == 'x' %}{% endif %}", 1, 7, "nmae is not defined; did you mean name?"],
    ["{% if usr.nickname %}{% endif %}", 1, 7, "usr is not defined; did you mean user?"],
    ["{% if not usr.nickname %}{% endif %}", 1, 11, "usr is not defined; did you mean user?"],
    ["{% set x = nmae %}", 1, 12, "nmae is not defined; did you mean name?"],
    ["{{ user.sing() }}", 1, 9, "user.sing is not defined: user is an object"],
    ["{% url nmae %}", 1, 8, "nmae is not defined; did you mean name?"],
    ["{% with a=nmae %}{% endwith %}", 1, 11, "nmae is not defined; did you mean name?"],
    [
      "{% for x in items %}{{ forloop.counter }}{% endfor %}",
      1,
      24,
      "forloop is not defined; the variables of a loop are in loop: loop.index, loop.first …",
    ],
    [
      "{% for item in items %}{{ itm }}{% endfor %}",
      1,
      27,
      "itm is not defined; did you mean item?",
    ],
  ])("%j is an error in line %i, column %i", (source, line, column, problem) => {
    const error = thrownBy(() => inDebug(source));

    expect(error).toBeInstanceOf(VariableDoesNotExist);
    expect(error).toMatchObject({
      code: "templates.variable_does_not_exist",
      line,
      column,
      problem,
    });
  });

  test.each([
    ["{{ nmae | default('none') }}", "none"],
    ["{{ user.nmae.x | default('none') }}", "none"],
    ["{{ usr.nmae.x | d('none') }}", "none"],
    ["{{ (nmae or usr.x) | default('none') }}", "none"],
    ["{{ nmae | default_if_none('none') }}", "none"],
    ["{{ nmae is defined }} {{ usr.x is defined }} {{ nmae is undefined }}", "false false true"],
    ["{{ name is defined }} {{ user.nothing is defined }}", "true false"],
    ["{% if nmae %}a{% elif user.nmae %}b{% else %}c{% endif %}", "c"],
    ["{% if not nmae %}a{% endif %}{% if name and nmae %}b{% endif %}", "a"],
    ["{{ nmae or 'none' }} {{ 'a' if nmae else 'b' }}", "none b"],
    ["[{{ user.nothing }}{{ user.empty }}{{ user.empty.more }}]", "[]"],
    ["[{{ items[5] }}{{ counts[name] }}{{ user[name] }}]", "[]"],
    ["[{{ counts.b }}{{ query.q }}{{ query['q'] }}{{ cookies.visits }}]", "[]"],
    ["{% for x in user.empty %}{% else %}none{% endfor %}", "none"],
    ["{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}", "[]"],
    ["{% include 'gone.html' ignore missing %}", ""],
  ])("%j asks, and is answered", (source, expected) => {
    expect(inDebug(source)).toBe(expected);
  });

  test("in an imported template names how to see the names of the page", async () => {
    const files = {
      "forms.html": "{% macro m() %}{{ name }}{% endmacro %}",
      "page.html": "{% import 'forms.html' as forms %}{{ forms.m() }}",
    };

    await expect(renderFiles(files, CONTEXT, { DEBUG: true })).rejects.toThrow(
      /forms.html:1:19: name is not defined; import the template {% … with context %}/,
    );
  });

  test("is an error too where the settings ask for it, and none where they do not want it", () => {
    const strict = { OPTIONS: { strictVariables: true } };
    const lenient = { DEBUG: true, OPTIONS: { strictVariables: false } };

    expect(() => render("{{ nmae }}", {}, strict)).toThrow(VariableDoesNotExist);
    expect(render("[{{ nmae }}]", {}, lenient)).toBe("[]");
  });
});

describe("an unknown name without DEBUG", () => {
  test.each([
    ["[{{ nmae }}{{ user.nmae.x.y }}{{ nmae | upper }}]", "[]"],
    ["{% for x in itms %}{% else %}none{% endfor %}", "none"],
    ["{% if nmae == 'x' %}{% else %}other{% endif %}", "other"],
    ["{{ 'a' + nmae }}{{ 'b' ~ nmae }}", "ab"],
    ["{{ 'x' in nmae }}", "false"],
  ])("%j is empty", (source, expected) => {
    expect(render(source, CONTEXT)).toBe(expected);
  });

  test("that is called is an error nevertheless", () => {
    expect(() => render("{{ sing() }}")).toThrow(/sing cannot be called: it is undefined/);
  });
});

describe("what cannot be written", () => {
  test("a function is an error with DEBUG, and nothing without", () => {
    const context = { f: () => 1 };

    expect(() => inDebug("{{ f }}", context)).toThrow(/f is a function: call it with \(\)/);
    expect(render("[{{ f }}]", context)).toBe("[]");
  });

  test.each([
    ["{{ later }}", /later is a promise, and templates cannot wait: await it in the view/],
    ["{{ run() }}", /it returned a promise/],
    ["{{ 1 | slow }}", /it returned a promise/],
    ["{% for x in later %}{% endfor %}", /a promise comes later: await it in the view/],
  ])("%s is an error, since templates cannot wait", (source, message) => {
    const context = { later: Promise.resolve(1), run: () => Promise.resolve(1) };
    const OPTIONS = { filters: { slow: () => Promise.reject(new Error("late")) } };

    expect(() => render(source, context, { OPTIONS })).toThrow(message);
  });
});
