import { readdirSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dependencySpec } from "../../../../devserver/cli/scaffold/dependency-spec.ts";
import { command as devserver } from "../../../support/commands.ts";
import { TemporaryFolder } from "../../../support/projects.ts";

describe("startproject", () => {
  test("writes a project and says what to do next", async () => {
    using folder = new TemporaryFolder();

    const { exitCode, stdout } = await devserver(["startproject", "mysite"], folder.path);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/cd mysite\n\s+npm install\n\s+npx devserver runserver\n/);
    expect(readdirSync(join(folder.path, "mysite")).toSorted()).toEqual([
      ".env.example",
      ".gitignore",
      "README.md",
      "middleware.ts",
      "package.json",
      "settings.ts",
      "static",
      "templates",
      "tsconfig.json",
      "urls.ts",
      "views.test.ts",
      "views.ts",
    ]);
  });

  test("gives each project a secret key of its own", async () => {
    using folder = new TemporaryFolder();
    await devserver(["startproject", "one"], folder.path);
    await devserver(["startproject", "two"], folder.path);

    const keys = [];
    for (const name of ["one", "two"]) {
      const settings = await readFile(join(folder.path, name, "settings.ts"), "utf8");
      keys.push(/SECRET_KEY \?\? "minorswing-insecure-(.{50})"/.exec(settings)?.[1]);
    }

    expect(keys[0]).toBeDefined();
    expect(keys[0]).not.toBe(keys[1]);
  });

  test("leaves no placeholder unfilled", async () => {
    using folder = new TemporaryFolder();
    await devserver(["startproject", "mysite"], folder.path);

    const texts = [];
    for (const entry of readdirSync(join(folder.path, "mysite"), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (entry.isFile()) texts.push(await readFile(join(entry.parentPath, entry.name), "utf8"));
    }

    expect(texts.join("")).not.toMatch(/\[\[\w+\]\]/);
  });

  test("writes into an existing folder when it is named", async () => {
    using folder = new TemporaryFolder();

    const { exitCode } = await devserver(["startproject", "mysite", "."], folder.path);

    expect(exitCode).toBe(0);
    expect(readdirSync(folder.path)).toContain("settings.ts");
  });

  test("overwrites nothing, and writes nothing when it would have to", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "urls.ts": "mine" });

    const { exitCode, stderr } = await devserver(["startproject", "mysite", "."], folder.path);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(folder.path, "urls.ts")} already exists.`);
    expect(readdirSync(folder.path)).toEqual(["urls.ts"]);
    expect(await readFile(join(folder.path, "urls.ts"), "utf8")).toBe("mine");
  });

  test.each([
    [["startproject"], "You must provide a project name."],
    [["startproject", "7up"], "'7up' is not a valid project name."],
    [["startproject", "../up"], "'../up' is not a valid project name."],
    [["startproject", "http"], "'http' conflicts with the name of an existing module"],
    [["startproject", "minorswing"], "'minorswing' conflicts with the name of an existing module"],
    [["startproject", "mysite", "nowhere"], "nowhere' does not exist, please create it first."],
    [["startproject", "a", ".", "c"], "Unexpected argument: 'c'."],
    [["startproject", "a", "--force"], "Unknown option '--force'."],
    [["startprojet", "a"], "Unknown command: 'startprojet'. Did you mean startproject?"],
  ])("refuses %j in one line", async (args, message) => {
    using folder = new TemporaryFolder();

    const { exitCode, stdout, stderr } = await devserver(args, folder.path);

    expect(exitCode).toBe(args.includes("nowhere") ? 1 : 2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe("startproject into a folder that is not empty", () => {
  test("lists everything that is in the way, and writes nothing", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "urls.ts": "mine", templates: "a file", "notes.txt": "kept" });
    symlinkSync(join(folder.path, "nowhere"), join(folder.path, "views.ts"));

    const { exitCode, stderr } = await devserver(["startproject", "mysite", "."], folder.path);

    expect(exitCode).toBe(1);
    for (const name of ["urls.ts", "templates", "views.ts"])
      expect(stderr).toContain(`${join(folder.path, name)} already exists.`);
    expect(stderr).toContain("Nothing was written.");
    expect(readdirSync(folder.path).toSorted()).toEqual([
      "notes.txt",
      "templates",
      "urls.ts",
      "views.ts",
    ]);
  });

  test("refuses a destination that is a file, and a name that is taken", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ file: "", mysite: "" });
    symlinkSync(join(folder.path, "nowhere"), join(folder.path, "link"));

    const asFolder = await devserver(["startproject", "mysite", "file"], folder.path);
    const taken = await devserver(["startproject", "mysite"], folder.path);
    const linked = await devserver(["startproject", "link"], folder.path);

    expect(asFolder.stderr).toContain(`'${join(folder.path, "file")}' is not a directory.`);
    expect(taken.stderr).toContain(`'${join(folder.path, "mysite")}' already exists.`);
    expect(linked.stderr).toContain(`'${join(folder.path, "link")}' already exists.`);
  });
});

describe("startproject --template", () => {
  test("fills in what ends with -tpl, copies the rest", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "mine/dot-env-tpl": "NAME=[[name]] [[unknown]]",
      "mine/project_name/x.ts-tpl": "// [[name]]",
      "mine/plain.txt": "[[name]]",
    });

    const { exitCode } = await devserver(
      ["startproject", "mysite", "--template", "mine"],
      folder.path,
    );

    const read = async (name: string): Promise<string> =>
      await readFile(join(folder.path, "mysite", name), "utf8");
    expect(exitCode).toBe(0);
    expect(await read(".env")).toBe("NAME=mysite [[unknown]]");
    expect(await read("mysite/x.ts")).toBe("// mysite");
    expect(await read("plain.txt")).toBe("[[name]]");
  });

  test("says when there is no such folder", async () => {
    using folder = new TemporaryFolder();

    const result = await devserver(["startproject", "mysite", "--template", "none"], folder.path);

    expect(result).toMatchObject({ exitCode: 1, stdout: "" });
    expect(result.stderr).toContain(`There is no template folder ${join(folder.path, "none")}.`);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe("dependencySpec", () => {
  test("is the tarball that minorswing was installed from", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "node_modules/.package-lock.json": JSON.stringify({
        packages: { "node_modules/minorswing": { resolved: "file:../minorswing-0.1.0.tgz" } },
      }),
    });
    const installed = join(folder.path, "node_modules", "minorswing");

    const spec = dependencySpec(join(folder.path, "mysite"), installed);

    expect(spec).toBe("file:../../minorswing-0.1.0.tgz");
  });

  test("is its version when it came from the registry", async () => {
    using folder = new TemporaryFolder();
    await folder.write({
      "node_modules/.package-lock.json": JSON.stringify({
        packages: { "node_modules/minorswing": { version: "0.1.0" } },
      }),
    });

    const spec = dependencySpec(folder.path, join(folder.path, "node_modules", "minorswing"));

    expect(spec).toMatch(/^\^\d+\.\d+\.\d+$/);
  });
});
