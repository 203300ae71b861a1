import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../../../devserver/cli/main.ts";
import { SqliteSessionStore } from "../../../../framework/sessions/backends/sqlite.ts";
import { makeProject, settingsSource } from "../../../support/projects.ts";

interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function clearsessions(
  cwd: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Result> {
  const output = { stdout: "", stderr: "" };
  const exitCode = await main(["clearsessions", ...args], {
    cwd,
    env,
    stdout: { write: (text) => (output.stdout += text) },
    stderr: { write: (text) => (output.stderr += text) },
  });
  return { exitCode, ...output };
}

const inProject = (lines: string): Record<string, string> => ({
  "settings.ts": settingsSource(`BASE_DIR: import.meta.dirname, ${lines}`),
});

test("clearsessions removes what has expired", async () => {
  using folder = await makeProject(inProject("DEBUG: true"));
  using store = new SqliteSessionStore(join(folder.path, "sessions.sqlite3"));
  const [live, ...old] = ["a", "b", "c"].map((letter) => letter.repeat(32));
  for (const key of old) store.write(key, { text: "x", expires: Date.now() - 1000 }, undefined);
  store.write(live ?? "", { text: "x", expires: Date.now() + 60_000 }, undefined);

  const first = await clearsessions(folder.path);
  const second = await clearsessions("/", ["--settings", join(folder.path, "settings.ts")]);

  expect(first).toEqual({ exitCode: 0, stdout: "2 expired sessions removed.\n", stderr: "" });
  expect(second.stdout).toBe("0 expired sessions removed.\n");
  expect(store.read(live ?? "")?.text).toBe("x");
});

test("clearsessions has nothing to do where sessions are in cookies, and makes no database", async () => {
  using folder = await makeProject({
    "settings.ts": `import { signedCookieSessions } from "minorswing/sessions";
${settingsSource("SESSION_ENGINE: signedCookieSessions, BASE_DIR: import.meta.dirname")}`,
  });

  expect((await clearsessions(folder.path)).stdout).toBe("0 expired sessions removed.\n");
  expect(existsSync(join(folder.path, "sessions.sqlite3"))).toBe(false);
});

test("clearsessions says when an engine cannot do it", async () => {
  using folder = await makeProject(
    inProject(`SESSION_ENGINE: function redisSessions() {
      return { read: () => undefined, write: () => true, delete: () => true };
    }`),
  );

  expect(await clearsessions(folder.path)).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "Error: Session engine 'redisSessions' doesn't support clearing expired sessions.\n",
  });
});

test.each([
  ["there are no settings", {}, /^Error: There is no settings file /],
  [
    "the folder of sessions is missing",
    {
      "other.ts": `import { fileSessions } from "minorswing/sessions";
${settingsSource('SESSION_ENGINE: fileSessions, SESSION_FILE_PATH: "/nowhere/at/all"')}`,
    },
    /^Error: The session storage path \/nowhere\/at\/all doesn't exist\./,
  ],
])("clearsessions says in one line that %s", async (_name, files, message) => {
  using folder = await makeProject(files);

  const { exitCode, stderr } = await clearsessions(folder.path, ["--settings", "other.ts"]);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
