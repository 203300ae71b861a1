/**
 * Projects in temporary folders, served from the repository's own source.
 */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Running } from "./processes.ts";

export const ROOT: string = join(import.meta.dirname, "..", "..");
const ENTRY = join(ROOT, "devserver", "cli", "entry.ts");

/** A folder that is removed when its test ends. */
export class TemporaryFolder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), "minorswing-test-"));

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.path, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A small project that works. `overrides` replaces or adds files. */
export async function makeProject(
  overrides: Readonly<Record<string, string>> = {},
): Promise<TemporaryFolder> {
  const folder = new TemporaryFolder();
  await mkdir(join(folder.path, "node_modules"));
  symlinkSync(ROOT, join(folder.path, "node_modules", "minorswing"));
  await folder.write({
    "package.json": '{ "name": "mysite", "type": "module" }',
    "settings.ts": settingsSource("DEBUG: true"),
    "urls.ts": `import { path } from "minorswing/urls";
import { home, boom, nothing, badHeader, slow } from "./views.ts";
export const urlpatterns = [
  path("", home, { name: "home" }),
  path("boom/", boom),
  path("nothing/", nothing),
  path("bad-header/", badHeader),
  path("slow/", slow),
];
`,
    "views.ts": viewsSource("first"),
    ...overrides,
  });
  return folder;
}

/** A settings file with the given lines. */
export function settingsSource(lines: string): string {
  return `import { defineSettings } from "minorswing/conf";
export default defineSettings({
  SECRET_KEY: "for tests",
  ROOT_URLCONF: () => import("./urls.ts"),
  ${lines},
});
`;
}

/** A views file whose home page says `word`. */
export function viewsSource(word: string): string {
  return `import { HttpResponse } from "minorswing/http";
export function home() { return new HttpResponse(${JSON.stringify(word)}); }
export function boom(): HttpResponse { throw new Error("boom & <bust>"); }
export function nothing() {}
export function badHeader() { return new HttpResponse("", { headers: { "X-Bad": "a\\r\\nb: c" } }); }
export async function slow() {
  await new Promise((resolve) => setTimeout(resolve, 800));
  return new HttpResponse("slow ${word}");
}
`;
}

/** `devserver ...args` in a folder, from source. */
export function devserver(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Running {
  return new Running(process.execPath, ["--conditions=source", ENTRY, ...args], cwd, env);
}

/** Starts `runserver` on a free port; returns it with its URL (no slash at the end). */
export async function runserver(
  folder: TemporaryFolder,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ server: Running; url: string }> {
  const server = devserver(["runserver", "0", ...args], folder.path, env);
  const [, url = ""] = await server.waitFor(/Development server at (https?:\S+)\/\n/);
  return { server, url };
}

/** The same as a line for a shell. */
export function devserverLine(args: readonly string[]): string {
  return [process.execPath, "--conditions=source", ENTRY, ...args].join(" ");
}
