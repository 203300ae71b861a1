import { describe, expect, test } from "vitest";
import { TemplateError, TemplateSyntaxError } from "../../../framework/templates/errors.ts";
import { Random } from "../../support/random.ts";
import { makeTemplates, thrownBy } from "../../support/templates.ts";

describe("a syntax error", () => {
  test.each([
    ["{% if x %}\n a", 1, 4, "{% if %} is never closed: {% endif %} is missing"],
    ["{% if x %}{% elif y %}\n a", 1, 4, "{% if %} is never closed: {% endif %} is missing"],
    [
      "a\n{% for x in y %}{% if x %}{% endif %}",
      2,
      4,
      "{% for %} is never closed: {% endfor %} is missing",
    ],
    [
      "{% if x %}{% for a in b %}\n{% endif %}{% endfor %}",
      2,
      4,
      "unexpected {% endif %}: {% for %} of line 1 is still open and ends with {% endfor %}",
    ],
    ["{{ x", 1, 1, "the tag is never closed: %} or }} is missing"],
    ["\n {{ 'x }}", 2, 2, "the tag is never closed: %} or }} is missing"],
    [
      "{{ x | date:'Y' }}",
      1,
      12,
      'expected }}, found ":"; arguments stand in parentheses: {{ day | date("Y") }}',
    ],
    ["{% bloc a %}", 1, 4, "there is no tag {% bloc %}; did you mean {% block %}?"],
    [
      "{% load static %}",
      1,
      4,
      "there is no tag {% load %}; there is nothing to load: every tag and filter is always there",
    ],
    [
      "{% for a in b %}{% empty %}{% endfor %}",
      1,
      20,
      "there is no tag {% empty %}; write {% else %}",
    ],
    ["a {# x", 1, 3, "the comment is never closed: {# … #}"],
    ["{% raw %}\n x", 1, 4, "{% raw %} is never closed: {% endraw %} is missing"],
    [
      "{% comment %}{% endif %}",
      1,
      4,
      "{% comment %} is never closed: {% endcomment %} is missing",
    ],
    ["{% spaceless %}", 1, 4, "{% spaceless %} is never closed: {% endspaceless %} is missing"],
    ["{{ a | uper }}", 1, 8, "there is no filter called uper; did you mean upper?"],
    ["{{ a is evn }}", 1, 9, "there is no test called evn; did you mean even?"],
    [
      "{% block a %}{% block a %}{% endblock %}{% endblock %}",
      1,
      23,
      "there are two blocks called a",
    ],
    ["{{ super() }}", 1, 4, "super() stands outside of a block"],
    [
      "{% block a %}{% extends 'b' %}{% endblock %}",
      1,
      17,
      "{% extends %} stands inside of a block",
    ],
    [
      "{% asyncEach x in y %}{% endeach %}",
      1,
      4,
      "templates do not wait: write {% if %} or {% for %}, and await in the view",
    ],
    ["{% url name a=1 b %}", 1, 17, "an argument without a name follows one with a name"],
    [
      "{% with %}{% endwith %}",
      1,
      4,
      "{% with %} takes names and values: {% with total=business.total %}",
    ],
    ["{% autoescape no %}{% endautoescape %}", 1, 15, "{% autoescape %} takes on or off"],
    ["{% now 'Y' as 5 %}", 1, 15, "{% now … as … %} takes the name of a variable"],
    ["{{ {1: 2} }}", 1, 5, "the keys of a dictionary are names or strings"],
    [
      "{% macro f('a') %}{% endmacro %}",
      1,
      12,
      "a macro's parameters are names, with or without a default",
    ],
    ["{% set a.b = 1 %}", 1, 9, "here stands the name of a variable, and nothing else"],
    [
      "{% for a, b.c in d %}{% endfor %}",
      1,
      12,
      "here stands the name of a variable, and nothing else",
    ],
    ["{% import 'm.html' as 'm' %}", 1, 23, "here stands the name of a variable, and nothing else"],
    [
      "{% macro 'a'() %}{% endmacro %}",
      1,
      10,
      "here stands the name of a variable, and nothing else",
    ],
    ["{{ }}", 1, 4, "unexpected token: }}"],
    ["{{ f( }}", 1, 7, "unexpected token: }}"],
    ["{% %}", 1, 4, "tag name expected"],
  ])("in %j stands in line %i, column %i", (source, line, column, problem) => {
    const error = thrownBy(() => makeTemplates().fromString(source));

    expect(error).toBeInstanceOf(TemplateSyntaxError);
    expect(error).toMatchObject({ code: "templates.syntax_error", line, column, problem });
  });
});

describe("a template of random pieces", () => {
  test("renders, or its error has a place in it", () => {
    const random = new Random(6);
    const templates = makeTemplates();

    for (let round = 0; round < 3000; round += 1) {
      const source = randomTemplate(random);
      const error = errorOf(() => templates.fromString(source).render({ x: { y: 1 } }));
      if (error === undefined) continue;
      const lines = source.split("\n");
      const place = error instanceof TemplateError ? error.location : undefined;

      // The template itself is what a failure has to show.
      expect({ source, place }).toEqual({ source, place: expect.anything() });
      expect(place?.line).toBeLessThanOrEqual(lines.length);
      expect(place?.column).toBeLessThanOrEqual((lines[(place?.line ?? 0) - 1]?.length ?? 0) + 1);
    }
  });
});

const PIECES =
  "{{ }} {% %} {# #} x x.y [ ] ( ) ' \" | upper if endif for in endfor block endblock set = == , raw endraw macro m( endmacro call include extends import as from switch case default endswitch with a=1 endwith 1 - + ** // % ~ not and is else elif filter endfilter { } : . r/ / url cycle comment endcomment verbatim super() caller() -%} {%- none true \\ é ifAsync".split(
    " ",
  );

function randomTemplate(random: Random): string {
  const length = 1 + random.below(14);
  const pieces = Array.from({ length }, () => PIECES[random.below(PIECES.length)] ?? "");
  const text = pieces.join(random.pick([" ", "", "\n"]));
  return random.pick([text, `{% ${text} %}`, `{{ ${text} }}`]);
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
