import nunjucks from "nunjucks";
import { describe, expect, test } from "vitest";
import { markSafe } from "../../../framework/utils/safe-string.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { makeTemplates, render, renderFiles } from "../../support/templates.ts";

const CONTEXT = {
  name: "Django",
  html: "<b>",
  n: 3,
  zero: 0,
  items: ["a", "b", "c"],
  pairs: [
    ["x", 1],
    ["y", 2],
  ],
  object: { one: 1, two: 2 },
  map: new Map([["k", "v"]]),
  set: new Set([1, 2]),
  people: [
    { name: "Jo", tags: ["x"] },
    { name: "Al", tags: [] },
  ],
  add: (a: number, b: number) => a + b,
  nothing: null,
};

describe("templates that nunjucks renders alike", () => {
  test.each([
    "{{ name }} {{ html }} {{ html | safe }} {{ nothing }}{{ missing }}",
    "{{ n + 1 }} {{ n - 1 }} {{ n * 2 }} {{ n / 2 }} {{ n % 2 }} {{ n // 2 }} {{ n ** 2 }} {{ -n }} {{ +n }}",
    "{{ 'a' ~ n ~ 'b' }} {{ 'a' + 'b' }} {{ '1' + 1 }}",
    "{{ n == 3 }} {{ n == '3' }} {{ n === '3' }} {{ n != 4 }} {{ n !== 3 }} {{ n < 4 }} {{ n >= 3 }}",
    "{{ true and false }} {{ true or false }} {{ not true }} {{ n and name }} {{ zero or name }}",
    "{{ 'b' in items }} {{ 'z' in items }} {{ 'one' in object }} {{ 'j' not in name }} {{ 'a' in 'cat' }}",
    "{{ 'yes' if n > 2 else 'no' }} [{{ 'yes' if n > 5 }}]",
    "{{ items[0] }} {{ items[n - 1] }} {{ object.one }} {{ object['two'] }} {{ items.length }}",
    "{{ add(1, 2) }} {{ add(n, add(1, 1)) }} {{ name.toUpperCase() }} {{ items.slice(1).length }}",
    "{{ [1, 2, [3]] }} {{ (1 + 2) * 3 }} {{ {'a': 1, b: 2}.b }}",
    "{% if n > 5 %}a{% elif n > 2 %}b{% else %}c{% endif %}{% if zero %}x{% elseif name %}y{% endif %}",
    "{% for i in items %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ i }} {% endfor %}",
    "{% for k, v in object %}{{ k }}={{ v }}{{ loop.last }} {% endfor %}",
    "{% for k, v in map %}{{ k }}={{ v }}{% endfor %}{% for x in set %}{{ x }}{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }};{% endfor %}{% for x in [] %}{% else %}none{% endfor %}",
    "{% for x in missing %}{% else %}none{% endfor %}{% for c in 'abc' %}{{ c }}.{% endfor %}",
    "{% for p in people %}{% for t in p.tags %}{{ p.name }}{{ t }}{% endfor %}{% endfor %}",
    "{% set x = 1 %}{% set y, z = 2 %}{{ x }}{{ y }}{{ z }}{% for i in items %}{% set x = x + 1 %}{% set inner = i %}{% endfor %}{{ x }}{{ inner }}",
    "{% if true %}{% set x = 'in' %}{% endif %}{{ x }}",
    "{% macro m(a, b='B', c=n) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(1, c=5) }}{{ m(b=1, a=2) }}{{ m() }}{{ m(1, 2, 3, 4) }}",
    "{% macro m(title) %}<h1>{{ title }}</h1>{{ caller() }}{% endmacro %}{% call m('T') %}body {{ n }}{% endcall %}",
    "{% macro m() %}{{ caller('x') }}{% endmacro %}{% call(a) m() %}got {{ a }}{% endcall %}",
    "{% macro outer() %}{{ inner() }}{% endmacro %}{% macro inner() %}in{% endmacro %}{{ outer() }}",
    "{% switch n %}{% case 1 %}one{% case 3 %}three{% default %}other{% endswitch %}",
    "{% switch name %}{% case 1 %}one{% default %}other{% endswitch %}",
    "{% switch n %}{% case 2 %}{% case 3 %}two or three{% case 4 %}four{% endswitch %}",
    "{% raw %}{{ x }} {% if %}{% endraw %}{% verbatim %}{{ y }}{% endverbatim %}{# c #}|",
    "a {%- if true -%} b {%- endif -%} c {{- n -}} d {#- e -#} f",
    "{{ n is odd }} {{ n is even }} {{ n is divisibleby(3) }} {{ x is defined }} {{ name is string }} {{ n is not number }} {{ items is iterable }} {{ nothing is none }} {{ 2 is lt(3) }} {{ name is upper }}",
    "{{ name | upper | lower | capitalize }} {{ items | join('-') }} {{ items | first }} {{ items | last }} {{ items | length }} {{ items | reverse | join }}",
    "{{ [3, 1, 2] | sort | join }} {{ [3, 1, 2] | sort(true) | join }} {{ people | sort(attribute='name') | first | dump | safe }} {{ ['b', 'A'] | sort | join }}",
    "{{ people | join(',', 'name') }} {{ [1, 2] | sum }} {{ people | selectattr('name') | length }} {{ [1, 2, 3] | select('odd') | join }} {{ [1, 2] | reject('odd') | join }}",
    "{{ 4.567 | round(1) }} {{ '3.5' | float }} {{ '42' | int }} {{ 'x' | int(7) }} {{ -2 | abs }} {{ 'a b' | replace(' ', '-') }} {{ ' x ' | trim }}",
    "{{ 'abcdef ghi' | truncate(8) }} {{ 'a\nb' | indent(2) }} {{ [1, 2, 3] | batch(2) | dump }} {{ 'abc' | list | join(',') }}",
    "{{ object | dictsort | join(';') }} {{ [1, 2, 3, 4, 5] | slice(2) | dump }}",
    "{{ range(3) | join }} {{ range(1, 7, 2) | join }} {% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set j = joiner() %}{{ j() }}x{{ j() }}y",
    "{{ name.length if name.length > 3 else 0 }} {{ not (n == 3) }} {{ r/x+/g }}",
    "{% filter upper %}abc{% endfilter %}{% filter replace('b', 'x') %}abc{% endfilter %}",
    "line\r\n{{ name }}\r\n",
  ])("%s", (source) => {
    const reference = new nunjucks.Environment(null, { autoescape: true });

    expect(render(source, CONTEXT)).toBe(reference.renderString(source, CONTEXT));
  });
});

describe("what differs from nunjucks", () => {
  test.each([
    [
      "empty lists and objects are false",
      "{% if [] %}a{% endif %}{% if {} %}b{% endif %}{{ not set0 }}",
      "true",
    ],
    ["comparisons chain", "{{ 1 < 3 < 2 }} {{ 1 < 2 < 3 }}", "false true"],
    [
      "a captured part is HTML",
      "{% set x %}<b>{% endset %}{{ x }}{% filter upper %}<b>{% endfilter %}",
      "<b><B>",
    ],
    [
      "one name takes the keys of an object",
      "{% for k in object %}{{ k }} {% endfor %}",
      "one two ",
    ],
    ["else is for empty iterables too", "{% for k, v in map0 %}{% else %}none{% endfor %}", "none"],
    [
      "loops know the loop around them",
      "{% for a in [1, 2] %}{% for b in [1] %}{{ loop.parent.index }}{% endfor %}{% endfor %}",
      "12",
    ],
    ["parentheses with commas make a list", "{{ (1, 2) | join('+') }}", "1+2"],
    [
      "True, False and None are what they are called",
      "{{ True }} {{ False }} [{{ None }}]",
      "true false []",
    ],
    [
      "default is for everything that is false",
      "{{ zero | default('x') }}{{ '' | default('y') }}{{ nothing | default('z') }}",
      "xyz",
    ],
    ["the apostrophe is Django's", '{{ "\'" }}', "&#x27;"],
    ["keys of Maps can be looked up", "{{ map.k }}{{ map['k'] }}{{ map.size }}", "vv1"],
  ])("%s", (_what, source, expected) => {
    const context = { ...CONTEXT, set0: new Set(), map0: new Map() };

    expect(render(source, context)).toBe(expected);
  });

  test("functions get arguments with names as one object", () => {
    const show = (...args: unknown[]): string => JSON.stringify(args);
    const context = { show };

    expect(render("{{ show(1, a=2, b='x') | safe }}", context)).toBe('[1,{"a":2,"b":"x"}]');
    expect(render("{{ 1 | show(a=2) | safe }}", {}, { OPTIONS: { filters: { show } } })).toBe(
      '[1,{"a":2}]',
    );
  });

  test("what is made from a safe string is not safe", () => {
    const context = { safe: markSafe("<b>") };

    expect(render("{{ safe }}{{ safe ~ '<i>' }}{{ safe == '<b>' }}", context)).toBe(
      "<b>&lt;b&gt;&lt;i&gt;true",
    );
  });
});

describe("inheritance", () => {
  test("super() stands for the block above, at every level", async () => {
    const text = await renderFiles({
      "a.html": "[{% block x %}a{% endblock %}|{% block y %}y{% endblock y %}]",
      "b.html": '{% extends "a.html" %}{% block x %}{{ super() }}<b>{% endblock %}',
      "page.html":
        '{% extends "b.html" %}ignored{% block x %}{{ super() }}c{{ super() }}{% endblock %}',
    });

    expect(text).toBe("[a<b>ca<b>|y]");
  });

  test("blocks see variables that the child sets, and those of the loop around them", async () => {
    const text = await renderFiles({
      "a.html": "{% for i in [1, 2] %}{% block x %}{% endblock %}{% endfor %}{{ title }}",
      "page.html":
        '{% extends "a.html" %}{% set title = "T" %}{% block x %}{{ i }}{{ title }} {% endblock %}',
    });

    expect(text).toBe("1T 2T T");
  });

  test("blocks nest, and the inner one can be replaced alone", async () => {
    const text = await renderFiles({
      "a.html": "{% block x %}<{% block y %}y{% endblock %}>{% endblock %}",
      "page.html": '{% extends "a.html" %}{% block y %}Y{% endblock %}',
    });

    expect(text).toBe("<Y>");
  });

  test("what is extended may be decided by the context, or be the first of several", async () => {
    const files = {
      "a.html": "a{% block x %}{% endblock %}",
      "b.html": "b{% block x %}{% endblock %}",
      "page.html": "{% extends layouts %}{% block x %}x{% endblock %}",
    };

    expect(await renderFiles(files, { layouts: "b.html" })).toBe("bx");
    expect(await renderFiles(files, { layouts: ["none.html", "a.html"] })).toBe("ax");
  });

  test("a template may extend the one of the same name that it hides", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "one/page.html": '{% extends "page.html" %}{% block x %}one {{ super() }}{% endblock %}',
      "two/page.html": "[{% block x %}two{% endblock %}]",
    });
    const templates = makeTemplates([`${folder.path}/one`, `${folder.path}/two`]);

    expect(templates.renderToString("page.html")).toBe("[one two]");
    expect(templates.renderToString("page.html")).toBe("[one two]");
  });

  test("two extends are one too many", async () => {
    await expect(
      renderFiles({ "a.html": "", "page.html": '{% extends "a.html" %}{% extends "a.html" %}' }),
    ).rejects.toThrow(/page.html:1:26: the template extends another one already/);
  });
});

describe("include and import", () => {
  test("an included template sees everything, and changes nothing", async () => {
    const text = await renderFiles(
      {
        "part.html": "{{ given }}{{ own }}{{ i }}{% set own = 9 %}{{ own }};",
        "page.html":
          '{% set own = 1 %}{% for i in [5] %}{% include "part.html" %}{% endfor %}{{ own }}',
      },
      { given: "g" },
    );

    expect(text).toBe("g159;1");
  });

  test("names may be relative to the template they stand in", async () => {
    const text = await renderFiles({
      "page.html": '{% include "./a/b.html" %}',
      "a/b.html": '{% include "./c.html" %}{% include "../d.html" %}',
      "a/c.html": "c",
      "d.html": "d",
    });

    expect(text).toBe("cd");
    await expect(renderFiles({ "page.html": '{% include "../x.html" %}' })).rejects.toThrow(
      /page.html:1:12: TypeError: the relative name "..\/x.html" leads out of the folders/,
    );
  });

  test("an include may be missing when it says so; what it includes may not", async () => {
    const files = { "page.html": '[{% include "a.html" ignore missing %}]' };

    expect(await renderFiles(files)).toBe("[]");
    await expect(renderFiles({ ...files, "a.html": '{% include "b.html" %}' })).rejects.toThrow(
      /a.html:1:12: no template is named "b.html"/,
    );
  });

  test("macros are imported, all at once or by name, with or without the context", async () => {
    const text = await renderFiles(
      {
        "m.html":
          "{% set version = 2 %}{% macro a(x) %}a{{ x }}{{ given }}{% endmacro %}{% macro _b() %}{% endmacro %}",
        "page.html":
          '{% import "m.html" as m %}{% from "m.html" import a as f, version with context %}{{ m.a(1) }} {{ f(2) }} {{ version }}{{ m._b is defined }}',
      },
      { given: "g" },
    );

    expect(text).toBe("a1 a2g 2false");
  });

  test("what is not there cannot be imported", async () => {
    await expect(
      renderFiles({ "m.html": "", "page.html": '{% from "m.html" import a %}' }),
    ).rejects.toThrow(/page.html:1:25: cannot import a: the template does not define it/);
  });
});
