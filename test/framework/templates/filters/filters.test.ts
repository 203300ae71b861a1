import { describe, expect, test } from "vitest";
import { dateFilters } from "../../../../framework/templates/filters/dates.ts";
import { FORMAT_DEFAULTS } from "../../../../framework/conf/sections/formats.ts";
import { markSafe } from "../../../../framework/utils/safe-string.ts";
import { render } from "../../../support/templates.ts";

const at = new Date("2026-11-21T23:30:00Z");

describe("json_script", () => {
  test("writes JSON that no HTML in it can end, as Django's documentation shows", () => {
    const context = { value: { hello: "world</script>&amp;" } };

    expect(render("{{ value | json_script('hello-data') }}", context)).toBe(
      '<script id="hello-data" type="application/json">{"hello":"world\\u003C/script\\u003E\\u0026amp;"}</script>',
    );
  });

  test("escapes the id, and needs none", () => {
    expect(render("{{ 1 | json_script('\"><b') }}{{ nothing | json_script }}")).toBe(
      '<script id="&quot;&gt;&lt;b" type="application/json">1</script><script type="application/json">null</script>',
    );
  });

  test("refuses what is no JSON", () => {
    expect(() => render("{{ f | json_script }}", { f: () => 1 })).toThrow(/JSON cannot express/);
  });
});

describe("dates", () => {
  test.each([
    ["{{ at | date('Y-m-d H:i T') }}", "2026-11-22 00:30 CET"],
    ["{{ '2026-11-21' | date }}", "Nov. 21, 2026"],
    ["{{ '2026-11-21' | date('Y-m-d H:i') }}", "2026-11-21 00:00"],
    ["{{ '2026-11-21T23:30:00Z' | date('Y-m-d H:i') }}", "2026-11-22 00:30"],
    ["{{ '2026-11-21 23:30:00+00:00' | time }}", "12:30 a.m."],
    ["{{ at | date('DATETIME_FORMAT') }}", "Nov. 22, 2026, 12:30 a.m."],
    ["{{ at | date('SHORT_DATE_FORMAT') }}", "11/22/2026"],
    [
      "[{{ '' | date }}{{ nothing | time }}{{ 'soon' | date }}{{ '2026-99-99' | date }}{{ bad | date }}]",
      "[]",
    ],
  ])("%s is shown in TIME_ZONE", (source, expected) => {
    const context = { at, bad: new Date(Number.NaN) };

    expect(render(source, context, { TIME_ZONE: "Europe/Berlin" })).toBe(expected);
  });

  test("have the formats of the settings", () => {
    const settings = { DATE_FORMAT: "j.n.Y", TIME_FORMAT: "H:i" };

    expect(render("{{ at | date }} {{ at | time }}", { at }, settings)).toBe("21.11.2026 23:30");
  });

  test("timesince and timeuntil count from now, or from another date", () => {
    const filters = dateFilters(FORMAT_DEFAULTS, () => new Date("2026-11-23T00:30:00Z"));
    const later = new Date("2026-11-30T23:30:00Z");

    expect(filters.timesince?.(at)).toBe("1\u00a0day, 1\u00a0hour");
    expect(filters.timeuntil?.(later)).toBe("1\u00a0week");
    expect(filters.timesince?.(at, later)).toBe("1\u00a0week, 2\u00a0days");
    expect(filters.timeuntil?.(later, at)).toBe("1\u00a0week, 2\u00a0days");
    expect(filters.timesince?.("x")).toBe("");
  });
});

describe("filters", () => {
  test.each([
    ["{{ people | dictsort('name') | join(',', 'name') }}", "Al,Bo,Cy"],
    ["{{ people | dictsortreversed('name') | join(',', 'name') }}", "Cy,Bo,Al"],
    ["{{ people | dictsort('address.zip') | join(',', 'name') }}", "Cy,Al,Bo"],
    ["{{ pairs | dictsort(1) | join(';') }}", "b,1;a,2"],
    [
      "{% for city, all in people | groupby('address.city') %}{{ city }}:{{ all | join('', 'name') }} {% endfor %}",
      "Lyon:BoCy Paris:Al ",
    ],
    [
      "{{ 21 | divisibleby(7) }} {{ 20 | divisibleby(7) }} {{ '21' | divisibleby('7') }}",
      "true false true",
    ],
    ["{{ 'abc' | make_list | join('-') }}", "a-b-c"],
    [
      "{{ ['<a>', html] | safeseq | join(', ') }} {{ ['<a>', html] | escapeseq | join('') }}",
      "<a>, <b> &lt;a&gt;<b>",
    ],
    ["{{ names | join('<br>') }} {{ names | join(sep) }}", "a<br>&lt;b&gt; a&lt;hr&gt;&lt;b&gt;"],
    [
      "{{ nothing | default('<i>none</i>') }} {{ nothing | default(sep) }}",
      "<i>none</i> &lt;hr&gt;",
    ],
    ["{{ html | replace('b', sep) }}", "&lt;&lt;hr&gt;&gt;"],
    ["{{ html | striptags }}{{ '<<b>script>x' | striptags }}", "x"],
    ["{{ [1, 2] | random | abs > 0 }}[{{ [] | random }}{{ [] | first }}{{ [] | last }}]", "true[]"],
    [
      "{{ [1, '2', none] | sum }} {{ people | sum('age') }} {{ people | sum('age', 10) }}",
      "3 6 16",
    ],
    ["{{ [5, 3] | add([1]) | join }} {{ 'a' | add('b') }} [{{ 'a' | add(1) }}]", "531 ab []"],
    ["{{ [true, 'b', none, 3] | sort | join(',') }}", ",true,3,b"],
    ["{{ query | length }} {{ {'a': 1} | length }} {{ nothing | length }}", "2 1 0"],
    ["{{ 'İstanbul' | slugify }}", "istanbul"],
  ])("%s", (source, expected) => {
    const context = {
      people: [
        { name: "Bo", age: 1, address: { city: "Lyon", zip: 30 } },
        { name: "Al", age: 2, address: { city: "Paris", zip: 20 } },
        { name: "Cy", age: 3, address: { city: "Lyon", zip: 10 } },
      ],
      pairs: [
        ["a", 2],
        ["b", 1],
      ],
      html: markSafe("<b>"),
      names: ["a", "<b>"],
      sep: "<hr>",
      query: new Map([
        ["a", 1],
        ["b", 2],
      ]),
    };

    expect(render(source, context)).toBe(expected);
  });

  test("do not take long for text that was made to be slow", () => {
    const texts = [
      "<".repeat(50_000),
      "<a ".repeat(20_000),
      "<!--".repeat(20_000),
      `http://a.com${")".repeat(50_000)}`,
      `a.com${".".repeat(50_000)}`,
      "&".repeat(50_000),
      `<a ${'="'.repeat(20_000)}`,
    ];
    const filters = [
      "striptags",
      "urlize",
      "truncatechars_html(9)",
      "truncatewords_html(9)",
      "linebreaks",
    ];

    const lengths = texts.flatMap((text) =>
      filters.map((filter) => render(`{{ text | ${filter} }}`, { text }).length),
    );

    expect(lengths).toHaveLength(texts.length * filters.length);
  });
});
