import { describe, expect, test } from "vitest";
import { descendantsOf, untilGone } from "../../../support/process-tree.ts";
import { eventually } from "../../../support/processes.ts";
import { makeProject, runserver } from "../../../support/projects.ts";

describe.each([
  // The site and its standby.
  { name: "one process", flags: [], processes: 2 },
  { name: "threads", flags: ["--threads", "2"], processes: 2 },
  { name: "processes with threads", flags: ["--processes", "2", "--threads", "1"], processes: 4 },
  { name: "HTTPS", flags: ["--https"], processes: 2 },
])("of runserver in $name no process is left", ({ flags, processes }) => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)("after %s", async (signal) => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags, { XDG_CACHE_HOME: folder.path });
    const pids = await eventually(async () => {
      const found = await descendantsOf(server.child.pid ?? 0);
      return found.length >= processes ? found : undefined;
    });

    const { exitCode } = await server.stop(signal);

    expect(exitCode).toBe(signal === "SIGKILL" ? null : 0);
    await untilGone(pids);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });
});
