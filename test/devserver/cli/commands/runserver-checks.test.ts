import { describe, expect, test } from "vitest";
import { devserver, makeProject, runserver, settingsSource } from "../../../support/projects.ts";
import { eventually } from "../../../support/processes.ts";

const ODD_URLS = `import { path } from "minorswing/urls";
import { home } from "./views.ts";
export const urlpatterns = [path("", home), path("/odd", home)];
`;
/** Settings whose own check finds an error, or does not. */
const checkedSettings = (
  message: string,
): string => `import { ErrorMessage } from "minorswing/checks";
import { systemChecks } from "minorswing/management";
systemChecks.register({ name: "own", tags: ["site"], run: () => [${message}] });
${settingsSource("DEBUG: true")}`;
const BROKEN = checkedSettings(
  'new ErrorMessage("No mail <host>.", { id: "site.E1", hint: "Give it one." })',
);

describe.each([
  { name: "on its own", flags: ["--noreload"] },
  { name: "supervised", flags: [] },
])("runserver, $name", ({ flags }) => {
  test("says first that it checks the project, and what it found", async () => {
    using folder = await makeProject();
    const { server } = await runserver(folder, flags);
    await using _stop = server;

    expect(server.stdout).toMatch(
      /^Performing system checks\.\.\.\n\nSystem check identified no issues \(0 silenced\)\.\nminorswing /,
    );
  });

  test("prints warnings, and serves", async () => {
    using folder = await makeProject({ "urls.ts": ODD_URLS });
    const { server, url } = await runserver(folder, flags);
    await using _stop = server;

    expect((await fetch(`${url}/`)).status).toBe(200);
    expect(server.stderr).toMatch(
      /^System check identified some issues:\n\nWARNINGS:\nurls\.ts:3: \(urls\.W002\)/,
    );
    expect(server.stdout).not.toContain("no issues");
  });
});

describe("runserver, when a check finds an error", () => {
  test.each([[[]], [["--threads", "1"]]])(
    "on its own exits 1 with the report (%j)",
    async (flags) => {
      using folder = await makeProject({ "settings.ts": BROKEN });

      const { exitCode, stdout, stderr } = await devserver(
        ["runserver", "0", "--noreload", ...flags],
        folder.path,
      ).finish();

      expect(exitCode).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toContain(
        "SystemCheckError: System check identified some issues:\n\nERRORS:\n?: (site.E1) No mail <host>.\n\tHINT: Give it one.\n\nSystem check identified 1 issue (0 silenced).",
      );
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );

  test("supervised shows it on every page and once in the terminal, and recovers with the next save", async () => {
    using folder = await makeProject({ "settings.ts": BROKEN });
    const { server, url } = await runserver(folder);
    await using _stop = server;

    const broken = await fetch(`${url}/`, { headers: { accept: "text/html" } });
    await folder.write({ "settings.ts": checkedSettings("") });
    await eventually(async () => ((await fetch(`${url}/`)).ok ? true : undefined));

    expect(broken.status).toBe(500);
    expect(await broken.text()).toContain("(site.E1) No mail &lt;host&gt;.\n\tHINT: Give it one.");
    expect(server.stderr.match(/site\.E1/g)).toHaveLength(1);
  });

  test("after a save says nothing about checks that found nothing, and something about those that did", async () => {
    using folder = await makeProject();
    const { server } = await runserver(folder);
    await using _stop = server;

    await folder.write({ "urls.ts": ODD_URLS });
    await server.waitFor(/urls\.W002/);
    await server.waitFor(/urls\.ts changed \(code\), reloaded/);

    expect(server.stdout.match(/Performing system checks/g)).toHaveLength(1);
  });
});

test("threads say what was found, once", async () => {
  using folder = await makeProject({ "urls.ts": ODD_URLS });
  const { server, url } = await runserver(folder, ["--threads", "2", "--noreload"]);
  await using _stop = server;

  await fetch(`${url}/`);
  await server.waitFor(/urls\.W002/);

  expect(server.stderr.match(/urls\.W002/g)).toHaveLength(1);
});

test.each([
  ["on its own", ["--noreload"]],
  ["supervised", []],
  ["in threads", ["--threads", "1", "--noreload"]],
])("--skip-checks serves what has errors, and says nothing of checks: %s", async (_name, flags) => {
  using folder = await makeProject({ "settings.ts": BROKEN });
  const { server, url } = await runserver(folder, ["--skip-checks", ...flags]);
  await using _stop = server;

  const response = await fetch(`${url}/`);

  expect(await response.text()).toBe("first");
  expect(server.output).not.toMatch(/system check/i);
});
