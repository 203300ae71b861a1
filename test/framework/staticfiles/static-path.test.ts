import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  isHidden,
  isWithin,
  locate,
  locateFile,
} from "../../../framework/staticfiles/static-path.ts";
import { staticFolder } from "../../support/static-site.ts";
import { Random } from "../../support/random.ts";

/** A way out of a folder, in every writing: none of these may name anything. */
const WAYS_OUT = [
  "../secret.txt",
  "..",
  "../",
  "css/../../secret.txt",
  "css/../a.css",
  "./a.css",
  ".",
  "/a.css",
  "//a.css",
  "css//a.css",
  "a.css/",
  "a.css/.",
  "a.css/..",
  "a.css\0",
  "a.css\0.png",
  "\0",
  "..\\secret.txt",
  "css\\a.css",
  "\\secret.txt",
  "/etc/passwd",
  "C:/Windows/win.ini",
  "C:\\Windows\\win.ini",
  "%2e%2e/secret.txt",
  "%2e%2e%2fsecret.txt",
  "..%2fsecret.txt",
  "%252e%252e/secret.txt",
  "..;/secret.txt",
  "．．/secret.txt",
  "\u2025/secret.txt",
  "..\u2044secret.txt",
  "%C0%AE%C0%AE/secret.txt",
  "css/...",
  "~",
  "~root/.bashrc",
  "a".repeat(5000),
  "a/".repeat(3000),
];

describe("a path from outside", () => {
  test.each(WAYS_OUT)("%j names nothing", async (path) => {
    using folder = await staticFolder({
      "static/a.css": "",
      "static/css/a.css": "",
      "secret.txt": "",
    });

    expect(locate(join(folder.path, "static"), path)).toBeUndefined();
    expect(locate(join(folder.path, "static"), path, { followSymlinks: true })).toBeUndefined();
  });

  test("names a file, or a folder with or without a slash", async () => {
    using folder = await staticFolder({ "static/css/a b.css": "" });
    const root = join(folder.path, "static");

    expect(locate(root, "css/a b.css")).toEqual({ path: join(root, "css/a b.css"), kind: "file" });
    expect(locate(root, "css")?.kind).toBe("folder");
    expect(locate(root, "css/")?.kind).toBe("folder");
    expect(locate(root, "")).toEqual({ path: root, kind: "folder" });
    expect(locateFile(root, "css/")).toBeUndefined();
  });

  test("never leads out of its folder, whatever it is made of", async () => {
    using folder = await staticFolder({ "static/a": "", "static/sub/b": "", secret: "" });
    const root = join(folder.path, "static");
    symlinkSync("..", join(root, "up"));
    symlinkSync(folder.path, join(root, "sub/out"));
    const random = new Random(20_261_121);
    const found: string[] = [];
    const outside: string[] = [];

    for (let round = 0; round < 5000; round += 1) {
      const path = randomPath(random);
      const located = locate(root, path);
      if (located === undefined) continue;
      found.push(path);
      if (!isWithin(located.path, root)) outside.push(path);
    }

    expect(outside).toEqual([]);
    expect(found).toContain("a");
    expect(found.length).toBeGreaterThan(20);
  });
});

describe("symbolic links", () => {
  test("may lead somewhere in the folder", async () => {
    using folder = await staticFolder({ "static/a.css": "" });
    const root = join(folder.path, "static");
    symlinkSync("a.css", join(root, "link.css"));

    expect(locateFile(root, "link.css")).toBe(join(root, "a.css"));
  });

  test("lead out of it only where they may", async () => {
    using folder = await staticFolder({ "elsewhere/a.css": "" });
    const root = join(folder.path, "static");
    symlinkSync(join(folder.path, "elsewhere"), join(root, "vendor"));

    expect(locateFile(root, "vendor/a.css")).toBeUndefined();
    expect(locateFile(root, "vendor/a.css", { followSymlinks: true })).toBe(
      join(root, "vendor/a.css"),
    );
  });

  test("to nothing and in circles name nothing", async () => {
    using folder = await staticFolder();
    const root = join(folder.path, "static");
    symlinkSync("gone", join(root, "dead"));
    symlinkSync("loop", join(root, "loop"));

    for (const name of ["dead", "loop"])
      expect(locate(root, name, { followSymlinks: true })).toBeUndefined();
  });

  test("to a folder beside it whose name begins alike lead out", async () => {
    using folder = await staticFolder();
    mkdirSync(join(folder.path, "static-private"));
    symlinkSync("../static-private", join(folder.path, "static/link"));

    expect(locate(join(folder.path, "static"), "link")).toBeUndefined();
  });
});

test("hidden is what has a name with a dot in front", () => {
  const hidden = [".env", "a/.git/config", ".git/config", "css/.DS_Store"];
  const shown = ["a.css", "a/b.c/d", "a..b", ""];

  expect(hidden.filter(isHidden)).toEqual(hidden);
  expect(shown.filter(isHidden)).toEqual([]);
});

const PIECES: readonly [string, ...string[]] = [
  "/",
  "\\",
  ".",
  "%",
  "\0",
  "~",
  ":",
  "..",
  "../",
  "..\\",
  "%2e",
  "%2f",
  "a",
  "sub",
  "/sub/",
  "b",
  "out",
  "up",
  "secret",
  "\u2024",
  "é",
];

function randomPath(random: Random): string {
  return Array.from({ length: 1 + random.below(6) }, () => random.pick(PIECES)).join("");
}
