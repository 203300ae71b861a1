import { describe, expect, test } from "vitest";
import {
  type FilesToHash,
  type HashedFiles,
  hashFiles,
  isAdjustable,
  MissingFileError,
} from "../../../framework/staticfiles/hash-files.ts";
import { contentHash, hashedName } from "../../../framework/staticfiles/hashed-name.ts";
import { referenceOrder } from "../../../framework/staticfiles/reference-order.ts";

/** Files by path; those that are neither stylesheets nor scripts have their hash as content. */
function hash(
  files: Readonly<Record<string, string>>,
  options: Partial<FilesToHash> = {},
): HashedFiles {
  const entries = Object.entries(files);
  return hashFiles({
    texts: new Map(entries.filter(([path]) => isAdjustable(path))),
    hashes: new Map(entries.filter(([path]) => !isAdjustable(path))),
    base: "/static/",
    strict: true,
    ...options,
  });
}

describe("names with hashes", () => {
  // Files and names of Django's own tests (tests/staticfiles_tests/test_storage.py).
  test("are Django's", () => {
    const files = {
      "cached/other.css": "",
      "cached/styles.css": '@import url("other.css");\n',
      "cached/css/fragments.css":
        "@font-face {\n    font-family: \"test\";\n    src: url('fonts/font.eot?#iefix') format('embedded-opentype'),\n" +
        "         url('fonts/font.svg#webfontIyfZbseF') format('svg'),\n" +
        "         url('fonts/font.svg#path/to/../../fonts/font.svg') format('svg'),\n" +
        "         url('data:font/woff;charset=utf-8;base64,d09GRgABAAAAADJoAA0AAAAAR2QAAQAAAAAAAAAAAAA');\n}\n" +
        'div {\n    behavior: url("#default#VML");\n}\n',
      "cached/css/fonts/font.eot": "b9b105392eb8",
      "cached/css/fonts/font.svg": "b8d603e42714",
      "cached/absolute.css":
        '@import url("/static/cached/styles.css");\n@import url("/static/styles_root.css");\n' +
        "body {\n    background: #d3d6d8 url(/static/cached/img/relative.png);\n}\n",
      "cached/relative.css":
        '@import url("../cached/styles.css");\n@import url("absolute.css");\n@import url("absolute.css#eggs");\n' +
        "body {\n    background: #d3d6d8 url(img/relative.png);\n}\n",
      "cached/img/relative.png": "acae32e4532b",
      "cached/source_map.css":
        "* {outline: 1px solid red;}\n/*# sourceMappingURL=source_map.css.map*/\n",
      "cached/source_map.css.map": "99914b932bd3",
      "cached/source_map.js": "//# sourceMappingURL=source_map.js.map\nlet a_variable = 1;\n",
      "cached/source_map.js.map": "99914b932bd3",
    };
    // Of this stylesheet only the hash is known, so it is here as a file of another kind.
    const hashes = Object.entries(files).filter(([path]) => !isAdjustable(path));

    const { names, texts } = hash(files, {
      hashes: new Map([...hashes, ["styles_root.css", "401f2509a628"]]),
    });

    expect(Object.fromEntries(names)).toMatchObject({
      "cached/other.css": "cached/other.d41d8cd98f00.css",
      "cached/styles.css": "cached/styles.5e0040571e1a.css",
      "cached/absolute.css": "cached/absolute.eb04def9f9a4.css",
      "cached/relative.css": "cached/relative.c3e9e1ea6f2e.css",
      "cached/css/fragments.css": "cached/css/fragments.7fe344dee895.css",
      "cached/source_map.css": "cached/source_map.b2fceaf426aa.css",
      "cached/source_map.js": "cached/source_map.cd45b8534a87.js",
    });
    expect(texts.get("cached/css/fragments.css")).toContain(
      'url("fonts/font.b8d603e42714.svg#path/to/../../fonts/font.svg")',
    );
  });

  test.each([
    ["css/a.css", "css/a.h.css"],
    ["a.tar.gz", "a.tar.h.gz"],
    ["LICENSE", "LICENSE.h"],
    ["x.y/.config", "x.y/.config.h"],
  ])("of %s: %s", (path, named) => {
    expect(hashedName(path, "h")).toBe(named);
  });
});

describe("stylesheets", () => {
  const files = { "css/a.css": "", "img/x.png": "h", "img/a b.png": "h" };

  test.each([
    ["url(../img/x.png)", 'url("../img/x.h.png")'],
    ["url( '../img/x.png' )", 'url("../img/x.h.png")'],
    ["URL('/static/img/x.png?v=1#f')", 'url("/static/img/x.h.png?v=1#f")'],
    ["url(../img/a%20b.png)", 'url("../img/a%20b.h.png")'],
    ['url("../img/a b.png")', 'url("../img/a%20b.h.png")'],
    ["url(../css/../img/x.png)", 'url("../css/../img/x.h.png")'],
    ["@import'a.css'", '@import url("a.d41d8cd98f00.css")'],
    ["@IMPORT url(a.css) layer(x) screen", '@IMPORT url("a.d41d8cd98f00.css") layer(x) screen'],
    ["/*# sourceMappingURL=/static/img/x.png*/", "/*# sourceMappingURL=/static/img/x.h.png */"],
  ])("%s becomes %s", (before, after) => {
    const { texts } = hash({ ...files, "css/page.css": `a{${before}}` });

    expect(texts.get("css/page.css")).toBe(`a{${after}}`);
  });

  test.each([
    "url(#f)",
    "url()",
    "url('')",
    "url(data:image/png;base64,xx)",
    "url(https://example.com/x.png)",
    "url(//example.com/x.png)",
    "url(/media/x.png)",
    "url(../img/)",
    "url(chrome:x)",
    "url(none\\.png)",
    "my-url(none.png)",
    "/* url(none.png) @import 'none.css' */",
    "content: 'url(none.png)'",
    'content: "a \\" url(none.png)"',
    "/*# sOuRcEMaPpInGURL=none.map */",
    "/*# sourceMappingURL=none.map */",
    "/* never ends url(none.png)",
  ])("%s stays", (text) => {
    expect(hash({ ...files, "css/page.css": text }).texts.get("css/page.css")).toBe(text);
  });
});

describe("scripts", () => {
  test.each([
    'import "./b.js"',
    "import './b.js'",
    'import x from "./b.js"',
    'import*as m from"./b.js"',
    'import x, * as m from "./b.js"',
    'import { "a-b" as x, $y } from\n"./b.js"',
    'import json from "./b.js" with { type: "json" }',
    'export * from "./b.js"',
    'export * as n from "./b.js"',
    'export{a as b}from"./b.js"',
    'const x = await import("./b.js")',
    'import("./b.js", {})',
    '`${await import("./b.js")} tail`',
    'x = a / b; y = "/"; import("./b.js")',
    "if (x) /[\"']/.test(y); import('./b.js')",
    "x = (a + b) / 2; '/'; import('./b.js')",
    "x = y.replace(/[/\"]/g, ''); import('./b.js')",
    "#!/usr/bin/env node\nimport './b.js'",
    "x = `a${ `b${c}` }`; import('./b.js')",
    "//# sourceMappingURL=./b.js",
  ])("%s names another", (before) => {
    const { texts } = hash({ "a.js": before, "b.js": "" });

    expect(texts.get("a.js")).toBe(before.replace("b.js", "b.d41d8cd98f00.js"));
  });

  test.each([
    'import "lit"',
    'import x from "@scope/x"',
    'import("https://example.com/x.js")',
    "import(path)",
    'import("./none" + x)',
    'import.meta.url; x("./none.js")',
    'loader.import("./none.js")',
    "// import './none.js'",
    "/* import './none.js' */",
    `x = "import './none.js'"`,
    "x = `import './none.js'`",
    "x = /import '.\\/none.js'/",
    "export { a };\nlet from; './none.js'",
    'export const from = "./none.js"',
    'export default "./none.js"',
    "from './none.js'",
    "//# sourceMappingURL=none.js.map",
    "//# sOuRcEMaPpInGURL=none.js.map",
    "x = `never ends",
    "x = 'never ends\nimport(y)",
  ])("%s stays", (text) => {
    expect(hash({ "a.js": text, "b.js": "" }).texts.get("a.js")).toBe(text);
  });

  test("have names that change with everything they import", () => {
    const files = { "a.js": 'import "./b.js"', "b.js": 'import "./c.mjs"', "c.mjs": "1" };

    const before = hash(files).names;
    const after = hash({ ...files, "c.mjs": "2" }).names;

    for (const path of Object.keys(files)) expect(after.get(path)).not.toBe(before.get(path));
  });

  test("of some size are read in one go", () => {
    const long = `x = "${"a".repeat(3_000_000)}"; import("./b.js"); y = \`${"b\n".repeat(500_000)}\``;

    const { texts } = hash({ "a.js": long, "b.js": "" });

    expect(texts.get("a.js")).toContain("./b.d41d8cd98f00.js");
  });
});

describe("files in a circle", () => {
  const circle = {
    "a.js": 'import "./b.js"; 1',
    "b.js": 'import "./a.js"; import "./leaf.js"',
    "leaf.js": "x",
    "page.js": 'import "./a.js"',
    "self.css": "@import 'self.css'",
  };

  test("refer to each other by names with hashes", () => {
    const { names, texts } = hash(circle);

    expect(texts.get("a.js")).toBe(`import "./${names.get("b.js")}"; 1`);
    expect(texts.get("b.js")).toContain(`./${names.get("a.js")}`);
    expect(texts.get("page.js")).toBe(`import "./${names.get("a.js")}"`);
    expect(texts.get("self.css")).toBe(`@import url("${names.get("self.css")}")`);
  });

  test.each(["a.js", "b.js", "leaf.js"] as const)(
    "change their names together when %s changes",
    (changed) => {
      const before = hash(circle).names;

      const after = hash({ ...circle, [changed]: `${circle[changed]}; 2` }).names;

      for (const path of ["a.js", "b.js", "page.js"])
        expect(after.get(path)).not.toBe(before.get(path));
      expect(after.get("self.css")).toBe(before.get("self.css"));
    },
  );

  test("keep their names while nothing changes", () => {
    const turned = Object.fromEntries(Object.entries(circle).toReversed());

    expect(Object.fromEntries(hash(turned).names)).toEqual(Object.fromEntries(hash(circle).names));
  });
});

describe("a reference to what is not there", () => {
  test("is an error that says where it stands", () => {
    const files = { "css/a.css": "a{}\nb{background:url(img/none.png)}" };

    expect(() => hash(files)).toThrow(MissingFileError);
    expect(() => hash(files)).toThrow(
      "The file 'css/img/none.png' could not be found.\n\n" +
        "The CSS file 'css/a.css' references a file which could not be found (line 2):\n  img/none.png\n\n" +
        "Please check the URL references in this CSS file",
    );
  });

  test.each(["url(../../x.png)", "url(../../../etc/passwd)", "url(/static/../x.png)"])(
    "may lead out of the static files: %s",
    (text) => {
      expect(() => hash({ "css/a.css": text })).toThrow(MissingFileError);
    },
  );

  test("stays as it is, and is told of, where that is no error", () => {
    const told: string[] = [];

    const { texts } = hash(
      { "a.js": 'import "./none.js"' },
      { strict: false, onMissing: (message) => told.push(message) },
    );

    expect(texts.get("a.js")).toBe('import "./none.js"');
    expect(told).toEqual([expect.stringContaining("The JavaScript file 'a.js' references")]);
  });

  test("is never an error for a source map, but is told of", () => {
    const told: string[] = [];

    hash({ "a.js": "//# sourceMappingURL=a.js.map" }, { onMissing: (text) => told.push(text) });

    expect(told).toHaveLength(1);
  });
});

test("references are taken before what refers to them", () => {
  const graph = new Map([
    ["page", ["a", "b"]],
    ["a", ["b", "elsewhere"]],
    ["b", ["c"]],
    ["c", ["b"]],
    ["alone", []],
  ]);

  expect(referenceOrder(graph)).toEqual([["b", "c"], ["a"], ["page"], ["alone"]]);
});

test("a hash is the beginning of an MD5", () => {
  expect(contentHash("")).toBe("d41d8cd98f00");
  expect(contentHash(Buffer.from("{}"))).toBe("99914b932bd3");
});
