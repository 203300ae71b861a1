import { describe, expect, test } from "vitest";
import { TemplateSyntaxError } from "../../../framework/templates/errors.ts";
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
    ["{{ }}", 1, 4, "unexpected token: }}"],
    ["{{ f( }}", 1, 7, "unexpected token: }}"],
    ["{% %}", 1, 4, "tag name expected"],
  ])("in %j stands in line %i, column %i", (source, line, column, problem) => {
    const error = thrownBy(() => makeTemplates().fromString(source));

    expect(error).toBeInstanceOf(TemplateSyntaxError);
    expect(error).toMatchObject({ code: "templates.syntax_error", line, column, problem });
  });
});
