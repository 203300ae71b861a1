import { describe, expect, test } from "vitest";
import { errorHtml } from "../../../../framework/views/debug/error-html.ts";
import { errorJson } from "../../../../framework/views/debug/error-json.ts";
import { errorText } from "../../../../framework/views/debug/error-text.ts";
import { htmlPage } from "../../../../framework/views/html-page.ts";
import { reportWith } from "../../../support/error-reports.ts";
import { Random } from "../../../support/random.ts";

const SERVING = { nonce: undefined, editor: "/__minorswing__/open-editor" };

function page(word: string): string {
  const report = reportWith(word);
  return errorHtml(report, errorText(report), SERVING);
}

/** The tags of a page with the names of their attributes, without the colours of its sources. */
function structureOf(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)]
    .map(([, tag, attributes = ""]) => `${tag} ${attributes.replaceAll(/="[^"]*"/g, "").trim()}`)
    .filter((tag) => !/^\/?(?:span|mark)\b/.test(tag));
}

describe("the text", () => {
  test("has its golden", () => {
    expect(errorText(reportWith("nuages"))).toMatchInlineSnapshot(`
      "nuages at /
      nuages

      nuages: nuages

      Traceback (innermost call first):
        nuages: nuages
        nuages.ts:3:10, in nuages (async)
            2 |   const tune = "nuages";
          > 3 |   return nuages(tune);
                         ^
            nuages = nuages
        (node_modules: nuages)
        (Node.js: nuages)

      Caused by: nuages [nuages]: nuages
        nuages: nuages
        in template nuages:1:1
          > 1 | nuages
                ^ nuages
        nuages nuages:1:1
        tried nuages: there is no such file
        nuages.ts:3:10, in nuages (async)
            2 |   const tune = "nuages";
          > 3 |   return nuages(tune);
                         ^
            nuages = nuages
        (node_modules: nuages)
        (Node.js: nuages)

      Cycle in the chain of errors: caused by nuages: nuages, which is shown above.

      GET:
        nuages = nuages

      POST: nuages

      Settings: none

      You see this page because DEBUG is true.
      "
    `);
  });

  test("gives a terminal nothing to obey", () => {
    const text = errorText(reportWith("\u001B[2J\u009B1m\r\u202E"));

    expect(text).toContain(String.raw`\u001b[2J\u009b1m\u000d\u202e`);
    expect(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/.test(text)).toBe(false);
  });
});

describe("the JSON", () => {
  test("has its golden", () => {
    expect(errorJson(reportWith("nuages"))).toMatchInlineSnapshot(`
      {
        "error": {
          "causes": [
            {
              "code": "nuages",
              "frames": [
                {
                  "async": true,
                  "column": 10,
                  "file": "nuages.ts",
                  "function": "nuages",
                  "kind": "project",
                  "line": 3,
                },
              ],
              "message": "nuages",
              "name": "nuages",
              "relation": "caused by",
              "template": {
                "column": 1,
                "line": 1,
                "name": "nuages",
              },
            },
          ],
          "code": "nuages",
          "frames": [
            {
              "async": true,
              "column": 10,
              "file": "nuages.ts",
              "function": "nuages",
              "kind": "project",
              "line": 3,
            },
          ],
          "message": "nuages",
          "name": "nuages",
          "status": 500,
        },
      }
    `);
  });
});

describe("the page", () => {
  test("has its golden", async () => {
    await expect(
      page("nuages").replace(/<style>[\s\S]*<\/style>/, "<style></style>"),
    ).toMatchFileSnapshot("error-page.golden.txt");
  });

  test("has no external resource and no inline handler", () => {
    const html = page("nuages");

    expect(html).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(html).not.toMatch(/\son[a-z]+=|style="|javascript:|url\(/i);
  });

  test("says once what a template's error and its cause both say", () => {
    const report = reportWith("nuages");
    const [first, cause, ...rest] = report.thrown;
    const template = cause?.template && { ...cause.template, problem: "RangeError: no tune" };
    const thrown = [
      { ...first, template },
      { ...first, relation: "caused by", name: "RangeError", message: "no tune" },
      ...rest,
    ] as const;

    const html = errorHtml({ ...report, thrown }, "", SERVING);

    expect(html).toContain('<p class="message">RangeError: no tune</p>');
    expect(html).toContain("<span>caused by</span> <b>RangeError</b> </a>");
    expect(html).toContain('<a href="#template-0">Template</a>');
  });

  test("marks its style and script with the nonce of the request", () => {
    const report = reportWith("nuages");

    const html = errorHtml(report, "", { nonce: '"n&', editor: undefined });

    expect(html.match(/ nonce="&quot;n&amp;"/g)).toHaveLength(2);
    expect(html).not.toContain("open-editor");
  });

  test.each([
    "<script>alert(1)</script>",
    "</style></textarea></pre><img src=x onerror=alert(1)>",
    `" autofocus onfocus="alert(1)`,
    "' onmouseover='alert(1)",
    "]]>--><svg/onload=alert(1)>",
    "&lt;b&gt; ${7*7} {{7*7}}",
    "`*/<!--",
  ])("keeps its structure whatever %j is the name of", (word) => {
    const html = page(word);

    expect(structureOf(html)).toEqual(structureOf(page("nuages")));
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img");
  });

  test("keeps its structure for a thousand hostile words", () => {
    const pieces: readonly [string, ...string[]] = [
      "<",
      ">",
      '"',
      "'",
      "&",
      "`",
      "/",
      "=",
      " ",
      "\n",
      "script",
      "<!--",
      "]]>",
      "\0",
      "on",
      "é",
      "💥",
      ";",
      "$&",
    ];
    const random = new Random(7);
    const expected = structureOf(page("nuages"));

    for (let round = 0; round < 1000; round += 1) {
      const word = Array.from({ length: 8 }, () => random.pick(pieces)).join("");

      expect({ word, tags: structureOf(page(word)) }).toEqual({ word, tags: expected });
    }
  });
});

describe("htmlPage", () => {
  test("escapes its title and takes its body as it is", () => {
    const html = htmlPage("<a>", "<h1>b</h1>");

    expect(html).toContain("<title>&lt;a&gt;</title>");
    expect(html).toContain("<h1>b</h1>");
  });
});
