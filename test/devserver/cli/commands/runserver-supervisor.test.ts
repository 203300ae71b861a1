import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventually, runOrFail } from "../../../support/processes.ts";
import { devserverLine, makeProject, runserver, viewsSource } from "../../../support/projects.ts";

describe("the supervisor of runserver", () => {
  test("never imports the project, before or after a save", async () => {
    const noting = (word: string): string => `import { appendFileSync } from "node:fs";
appendFileSync(import.meta.dirname + "/pids.log", process.pid + "\\n");
${viewsSource(word)}`;
    using folder = await makeProject({ "views.ts": noting("first") });
    const { server, url } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "views.ts": noting("second") });
    await eventually(async () =>
      (await (await fetch(url)).text()) === "second" ? true : undefined,
    );

    const pids = (await readFile(join(folder.path, "pids.log"), "utf8")).trim().split("\n");
    expect(pids.length).toBeGreaterThanOrEqual(2);
    expect(pids).not.toContain(String(server.child.pid));
  });

  // The shell gives the keys as a pipe, and ends the server by itself afterwards.
  test.skipIf(process.platform === "win32")(
    "reads and asks nothing where there is no terminal",
    async () => {
      using folder = await makeProject();
      const script = `printf 'qrch' | ${devserverLine(["runserver", "0"])} > out.log 2>&1 &
for i in $(seq 200); do grep -q CONTROL-C out.log && break; sleep 0.1; done
sleep 0.5; kill -0 $! && kill -TERM $!; wait $!; echo "exit $?"`;

      const { stdout } = await runOrFail("sh", ["-c", script], folder.path);

      const output = await readFile(join(folder.path, "out.log"), "utf8");
      expect(stdout).toBe("exit 0\n");
      expect(output).toContain("Quit the server with CONTROL-C.\n");
      expect(output).not.toMatch(/other keys|started again/);
    },
  );
});
