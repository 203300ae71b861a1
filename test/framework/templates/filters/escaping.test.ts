import { describe, expect, test } from "vitest";
import { markSafe } from "../../../../framework/utils/safe-string.ts";
import { render } from "../../../support/templates.ts";

const context = {
  lines: "x&\ny",
  list: ["x>", ["<y"]],
  names: ["alpha", "beta & me"],
  safe: markSafe("x&amp;\ny"),
  separator: " & ",
  url: "http://example.com/?x=&y=",
};

/** What Django's own tests expect. */
const written: [filter: string, escaped: string, unescaped: string][] = [
  ["lines | linebreaks", "<p>x&amp;<br>y</p>", "<p>x&<br>y</p>"],
  ["safe | linebreaks", "<p>x&amp;<br>y</p>", "<p>x&amp;<br>y</p>"],
  ["lines | linebreaksbr", "x&amp;<br>y", "x&<br>y"],
  ["lines | linenumbers", "1. x&amp;\n2. y", "1. x&\n2. y"],
  ["names | join(', ')", "alpha, beta &amp; me", "alpha, beta & me"],
  ["names | join(separator)", "alpha &amp; beta &amp; me", "alpha & beta & me"],
  [
    "list | unordered_list",
    "\t<li>x&gt;\n\t<ul>\n\t\t<li>&lt;y</li>\n\t</ul>\n\t</li>",
    "\t<li>x>\n\t<ul>\n\t\t<li><y</li>\n\t</ul>\n\t</li>",
  ],
  [
    "url | urlize",
    '<a href="http://example.com/?x=&amp;y=" rel="nofollow">http://example.com/?x=&amp;y=</a>',
    '<a href="http://example.com/?x=&amp;y=" rel="nofollow">http://example.com/?x=&y=</a>',
  ],
  [
    "url | urlizetrunc(24)",
    '<a href="http://example.com/?x=&amp;y=" rel="nofollow">http://example.com/?x=&amp;…</a>',
    '<a href="http://example.com/?x=&amp;y=" rel="nofollow">http://example.com/?x=&…</a>',
  ],
];

describe("filters that make HTML of text", () => {
  test.each(written)("escape it: %s", (filter, escaped) => {
    expect(render(`{{ ${filter} }}`, context)).toBe(escaped);
  });

  test.each(written)("leave it as it is with autoescape off: %s", (filter, _escaped, unescaped) => {
    const text = render(`{% autoescape off %}{{ ${filter} }}{% endautoescape %}`, context);

    expect(text).toBe(unescaped);
  });

  test("write HTML that is not escaped again where a value was kept", () => {
    const text = render(
      "{% autoescape off %}{% set kept = lines | linebreaks %}{% endautoescape %}{{ kept }}",
      context,
    );

    expect(text).toBe("<p>x&<br>y</p>");
  });

  test("escape what force_escape and escape are given, whatever is around them", () => {
    const text = render(
      "{% autoescape off %}{{ lines | escape }} {{ lines | force_escape }}{% endautoescape %}",
      context,
    );

    expect(text).toBe("x&amp;\ny x&amp;\ny");
  });
});

describe("stringformat", () => {
  test("keeps safe text safe, and escapes any other", () => {
    const values = { plain: "<b>", safe: markSafe("<b>") };

    expect(render("{{ safe | stringformat('s') }} {{ plain | stringformat('s') }}", values)).toBe(
      "<b> &lt;b&gt;",
    );
  });
});
