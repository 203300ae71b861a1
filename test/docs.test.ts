import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { knownSettings } from "../framework/conf/check-settings.ts";
import { DEFAULT_SETTINGS } from "../framework/conf/defaults.ts";
import { makeProject, ROOT } from "./support/projects.ts";
import { Running } from "./support/processes.ts";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const readme = read("README.md");

/** The rows of the first table of a page, each as its cells. */
function tableOf(path: string): string[][] {
  return read(path)
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

describe("docs/errors.md", () => {
  test("lists every error code of the source, with its class, and no other", () => {
    const source = globSync("framework/**/*.ts", { cwd: ROOT }).map(read).join("\n");
    const classes = source.matchAll(
      /export class (\w+) extends [^{]+\{(?:(?!\n\})[\s\S])*?code(?:: string)? = "([^"]+)"/g,
    );

    const inSource = [...classes].map(([, name, code]) => `${code} ${name}`);

    expect(new Set(tableOf("docs/errors.md").map(([code, name]) => `${code} ${name}`))).toEqual(
      new Set(inSource),
    );
    expect(inSource.length).toBeGreaterThan(15);
  });
});

describe("docs/settings.md", () => {
  test("lists every setting, and no other", () => {
    const listed = tableOf("docs/settings.md").map(([name]) => name);

    expect(new Set(listed)).toEqual(new Set(knownSettings()));
  });

  test("gives the defaults that the code has", () => {
    const listed = tableOf("docs/settings.md").map(([name = "", , fallback = ""]) => [
      name,
      fallback,
    ]);
    const actual = listed.map(([name = ""]) => [
      name,
      Object.hasOwn(DEFAULT_SETTINGS, name)
        ? withNames(Reflect.get(DEFAULT_SETTINGS, name))
        : "required",
    ]);

    const parsed = listed.map(([name, fallback = ""]) => [name, parseDefault(fallback)]);

    expect(parsed).toEqual(actual);
  });
});

test("docs/decisions/README.md lists every decision under its title", () => {
  const listed = read("docs/decisions/README.md").matchAll(/^- \[(\d+)\]\((.+?)\) (.+)$/gm);
  const titles = globSync("docs/decisions/0*.md", { cwd: ROOT }).map(
    (path) => `${basename(path)}: ${read(path).split("\n")[0]}`,
  );

  expect(Array.from(listed, ([, n, file, title]) => `${file}: # ${n} · ${title}`)).toEqual(
    titles.toSorted(),
  );
});

describe("README.md", () => {
  test("has an example that runs as it stands", async () => {
    const example = /```ts\n([\s\S]+?)```/.exec(readme)?.[1] ?? "";
    using folder = await makeProject({
      "app.ts": example
        .replace("8000", "0")
        .replace("await server.serveForever", "console.log(server.serverPort);\n$&"),
    });
    await using app = new Running(process.execPath, ["--conditions=source", "app.ts"], folder.path);
    const [, port] = await app.waitFor(/^(\d+)\n/);

    const response = await fetch(`http://127.0.0.1:${port}/square/12/`);

    expect(await response.text()).toBe("144");
  });

  test("names only scripts that exist, and the one that CI runs", () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
    const named = [...readme.matchAll(/npm (?:run )?(start|test|\w+(?=`))/g)].map(
      ([, name = ""]) => name,
    );

    expect(named.filter((name) => !(name in scripts) && name !== "install")).toEqual([]);
    expect(readme).toContain("\nnpm install-test ");
    expect(read(".ci/run")).toContain("npm install-test");
  });

  test("has a table of layers that names every folder of the source", () => {
    const folders = globSync("{framework,devserver}/*/", { cwd: ROOT }).map(
      (path) => `\`${path.split("/")[1]}/\``,
    );

    expect(folders.filter((folder) => !readme.includes(folder))).toEqual([]);
  });

  test("has the same layers as the headers of the files", () => {
    const rows = [...readme.matchAll(/^\| (\d+) +\|.*$/gm)];
    const wrong = globSync("{framework,devserver}/*/**/*.ts", { cwd: ROOT }).filter((file) => {
      const layer = /^ \* .*?\bLayer (\d+)/m.exec(read(file))?.[1];
      const row = rows.find(([line]) => line.includes(`\`${file.split("/")[1]}/\``));
      return layer !== undefined && layer !== row?.[1];
    });

    expect(rows.length).toBeGreaterThan(8);
    expect(wrong).toEqual([]);
  });
});

test("every relative link of the documents leads somewhere", () => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    ...globSync("docs/**/*.md", { cwd: ROOT }),
  ];

  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
      .map(([, target = ""]) => join(dirname(page), target))
      .filter((target) => !existsSync(join(ROOT, target))),
  );

  expect(broken).toEqual([]);
});

/** Classes as their names, expressions as they are written. */
function withNames(value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(withNames);
  return typeof value === "function" ? value.name : value;
}

function parseDefault(text: string): unknown {
  if (text === "required" || text.startsWith("/")) return text;
  return JSON.parse(
    text
      .replace(/^([\d_]+)$/, (digits) => digits.replaceAll("_", ""))
      .replaceAll(/\b(?:DIRS|[A-Z]\w+Handler)\b/g, '"$&"'),
  );
}
