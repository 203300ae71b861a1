import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../../framework/conf/defaults.ts";
import {
  inclusionTag,
  simpleBlockTag,
  simpleTag,
} from "../../../../framework/templates/tag-kinds.ts";
import { nowTag } from "../../../../framework/templates/tags/values.ts";
import { FORMAT_DEFAULTS } from "../../../../framework/conf/sections/formats.ts";
import { path } from "../../../../framework/urls/path.ts";
import { markSafe } from "../../../../framework/utils/safe-string.ts";
import { render, renderFiles, thrownBy } from "../../../support/templates.ts";
import { makeEnviron, makeRequest } from "../../../support/wsgi.ts";
import { WSGIRequest } from "../../../../framework/http/wsgi-request.ts";

describe("{% url %}", () => {
  test.each([
    ['{% url "a" pk=1 s="x" %}', "/a/1/x/"],
    ['{% url "a", pk=1, s="x" %}', "/a/1/x/"],
    ["{% url name pk=tune.pk s=tune.title %}", "/a/7/T%20U/"],
    ['{% url "a" pk=1 s="&" %}', "/a/1/&amp;/"],
    ['{% url "a" pk=1 s="&" as there %}{{ there }} {{ there | safe }}', "/a/1/&amp;/ /a/1/&/"],
    ['{% url "nope" as there %}[{{ there }}]', "[]"],
  ])("%s", (source, expected) => {
    const context = { name: "a", tune: { pk: 7, title: "T U" } };

    expect(render(source, context)).toBe(expected);
  });

  test.each([
    ['{% url "nope" %}', /NoReverseMatch: Reverse for 'nope' not found/],
    ['{% url "a" 1 %}', /takes a name and named parameters/],
    ['{% url "a" pk=1 %}', /Reverse for 'a' with parameters { pk: 1 \(a number\) } not found/],
    ["{% url missing %}", /the name in {% url %} is undefined/],
  ])("%s says what is wrong", (source, message) => {
    expect(() => render(source)).toThrow(message);
  });

  test("uses the patterns that a middleware gave the request", () => {
    const request = makeRequest();
    request.urlconf = { urlpatterns: [path("other/", () => null, { name: "other" })] };

    expect(render('{% url "other" %}', {}, {}, request)).toBe("/other/");
  });
});

describe("{% static %}", () => {
  const settings = { STATIC_URL: "static/" };

  test("writes the URL of a file, or keeps it", () => {
    const source =
      '{% static "css/a b.css" %} {% static "x.js" as url %}{{ url }} {% static name %}';

    expect(render(source, { name: "n.png" }, settings)).toBe(
      "/static/css/a%20b.css /static/x.js /static/n.png",
    );
  });

  test("says where when the site has no static files", () => {
    expect(() => render('{% static "x.js" %}')).toThrow(
      /<string>:1:4: ImproperlyConfigured: .* STATIC_URL/,
    );
  });

  test("has its base in STATIC_URL", () => {
    expect(render("{{ STATIC_URL }}", {}, settings, makeRequest())).toBe("/static/");
  });
});

describe("{% csrf_token %}", () => {
  test("is a hidden field with the request's token, which is asked for only here", () => {
    const request = makeRequest();
    let calls = 0;
    request.getCsrfToken = () => {
      calls += 1;
      return 'to"ken';
    };

    render("no form", {}, {}, request);
    const text = render("{% csrf_token %} {{ csrf_token }}", {}, {}, request);

    expect(text).toBe(
      '<input type="hidden" name="csrfmiddlewaretoken" value="to&quot;ken"> to&quot;ken',
    );
    expect(calls).toBe(2);
  });

  test("is nothing without a token, and says so with DEBUG", () => {
    const { environ, errors } = makeEnviron();
    const settings = { ...DEFAULT_SETTINGS, DEBUG: true };
    const request = Object.assign(new WSGIRequest(environ), { app: { settings } });

    const texts = [true, false].map((DEBUG) =>
      render("[{% csrf_token %}]", {}, { DEBUG }, request),
    );

    expect(texts).toEqual(["[]", "[]"]);
    expect(errors.join("")).toMatch(/^A {% csrf_token %} was used in a template, but .*\n$/);
  });
});

describe("what every template is given with a request", () => {
  test("is the nonce, and whether a developer looks at it", () => {
    const source = "[{{ csp_nonce }}]{% if debug %}debug{% endif %}";
    const withNonce = Object.assign(makeRequest(), { cspNonce: "abc" });
    const remote = makeRequest({ environ: { REMOTE_ADDR: "192.0.2.1" } });

    expect(render(source, {}, { DEBUG: true }, withNonce)).toBe("[abc]debug");
    expect(render(source, {}, { DEBUG: true }, remote)).toBe("[]");
    expect(render(source, {}, {}, makeRequest())).toBe("[]");
  });
});

describe("{% querystring %}", () => {
  test.each([
    ["{% querystring %}", "?a=1&amp;b=2&amp;b=3"],
    ["{% querystring a=5 %}", "?a=5&amp;b=2&amp;b=3"],
    ["{% querystring a=none b=none %}", "?"],
    ["{% querystring b=[7, 8] c='x y' %}", "?a=1&amp;b=7&amp;b=8&amp;c=x+y"],
    ["{% querystring other page=2 %}", "?z=1&amp;page=2"],
    ["{% querystring a=5 as q %}{{ q | safe }}", "?a=5&b=2&b=3"],
  ])("%s", (source, expected) => {
    const context = { other: new Map([["z", "1"]]) };

    expect(render(source, context, {}, makeRequest({ query: "a=1&b=2&b=3" }))).toBe(expected);
  });

  test("needs names and values", () => {
    expect(() => render("{% querystring 5 %}")).toThrow(/takes names and values, or a query/);
  });
});

describe("small tags", () => {
  test.each([
    ["{% for i in [1, 2, 3] %}{% cycle 'a' 'b' %}{% endfor %}", "aba"],
    ["{% for i in [1, 2] %}{% cycle '<' x as c %}{{ c }}{% endfor %}", "&lt;X"],
    ["{% for i in [1, 2] %}{% for j in [1, 2] %}{% cycle 1 2 3 %}{% endfor %}{% endfor %}", "1231"],
    ["{% firstof no zero x 'last' %}{% firstof no '<b>' %}[{% firstof no %}]", "X&lt;b&gt;[]"],
    ["{% firstof no x as first %}{{ first }}", "X"],
    ["{% spaceless %}\n <p>\n <a> x </a> \n</p> {% endspaceless %}", "<p><a> x </a></p>"],
    [
      "{% widthratio 175 200 100 %} {% widthratio 1 8 100 %} {% widthratio 1 0 100 %}[{% widthratio 'x' 1 1 %}]",
      "88 12 0[]",
    ],
    ["{% with a=1, b=x %}{{ a }}{{ b }}{% endwith %}{{ a }}", "1X"],
    [
      "{% with x=1 %}{% with y=x %}{{ y }}{% set x = 2 %}{% endwith %}{{ x }}{% endwith %}{{ x }}",
      "12X",
    ],
    [
      "{% autoescape off %}{{ h }}{% autoescape on %}{{ h }}{% endautoescape %}{{ h }}{% endautoescape %}{{ h }}",
      "<b>&lt;b&gt;<b>&lt;b&gt;",
    ],
    ["{% comment 'why' %}{{ {% nonsense %}{% endcomment %}ok", "ok"],
  ])("%s", (source, expected) => {
    expect(render(source, { x: "X", zero: 0, h: "<b>" })).toBe(expected);
  });

  test("a cycle begins anew with each rendering", () => {
    const source = "{% cycle 'a' 'b' %}";

    expect([render(source), render(source)]).toEqual(["a", "a"]);
  });

  test("{% now %} shows the time in TIME_ZONE", () => {
    const tag = nowTag({ ...FORMAT_DEFAULTS, TIME_ZONE: "Asia/Tokyo" }, () => new Date(0));
    const OPTIONS = { tags: { now: tag } };

    expect(render("{% now 'H:i' %} {% now %} {% now 'Y' as y %}{{ y }}", {}, { OPTIONS })).toBe(
      "09:00 Jan. 1, 1970 1970",
    );
  });
});

describe("tags of a project", () => {
  const OPTIONS = {
    tags: {
      greet: simpleTag((_context, name: string, options: { loud?: boolean } = {}) =>
        options.loud === true ? `<${name}>!` : `<${name}>`,
      ),
      html: simpleTag(() => markSafe("<hr>")),
      whoami: simpleTag((context) => `${String(context.get("user"))} ${context.request?.path}`),
      count: simpleTag((context) => {
        const state = context.remember(() => ({ n: 0 }));
        state.n += 1;
        return state.n;
      }),
      box: simpleBlockTag((_context, content, title: string) =>
        markSafe(`[${title}:${String(content)}]`),
      ),
      menu: inclusionTag("menu.html", (context, title: string) => ({
        title,
        user: context.get("user"),
      })),
      fails: simpleTag(() => {
        throw new RangeError("oops");
      }),
    },
  };

  test.each([
    ["{% greet 'Jo' %} {% greet 'Jo' loud=true %}", "&lt;Jo&gt; &lt;Jo&gt;!"],
    ["{% greet 'Jo' as g %}{{ g }}", "&lt;Jo&gt;"],
    ["{% html %}", "<hr>"],
    ["{% whoami %}", "me /here/"],
    ["{% for i in [1, 2] %}{% count %}{% endfor %}{% count %}", "121"],
    ["{% box 'T' %}<b>{{ user }}</b>{% box 'U' %}{% endbox %}{% endbox %}", "[T:<b>me</b>[U:]]"],
    ["{% menu 'M' %}{% menu 'N' as m %}{{ m }}", "<i>M me</i><i>N me</i>"],
  ])("%s", async (source, expected) => {
    const files = { "page.html": source, "menu.html": "<i>{{ title }} {{ user }}</i>" };
    const request = makeRequest({ path: "/here/" });

    expect(await renderFiles(files, { user: "me" }, { OPTIONS }, request)).toBe(expected);
  });

  test("name their place when they fail", async () => {
    const error = thrownBy(() => render("\n {% fails %}", {}, { OPTIONS }));

    expect(error).toMatchObject({ line: 2, column: 5, cause: expect.any(RangeError) });
    await expect(renderFiles({ "page.html": "\n{% menu 1 %}" }, {}, { OPTIONS })).rejects.toThrow(
      /page.html:2:4: no template is named "menu.html"/,
    );
    await expect(
      renderFiles(
        { "page.html": "\n{% menu 1 %}", "menu.html": "{{ 1 | nope }}" },
        {},
        { OPTIONS },
      ),
    ).rejects.toThrow(
      /menu.html:1:8: there is no filter called nope\n {2}included by page.html:2:4/,
    );
  });
});
