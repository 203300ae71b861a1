import { describe, expect, test } from "vitest";
import { devserver, makeProject, settingsSource } from "../../../support/projects.ts";

/** A project with a warning (W002), and a check of its own that finds an error. */
const ODD_URLS = `import { path } from "minorswing/urls";
import { home } from "./views.ts";
export const urlpatterns = [path("/odd", home)];
`;
const OWN_CHECK = `import { ErrorMessage } from "minorswing/checks";
import { systemChecks } from "minorswing/management";
systemChecks.register({
  name: "checkMail",
  tags: ["mail"],
  run: ({ settings }) => [new ErrorMessage("There is no mail host.", { id: "site.E1", obj: String(settings.DEBUG) })],
});
`;
const W002 =
  "urls.ts:3: (urls.W002) Your URL pattern '/odd' has a route beginning with a '/'.\n" +
  "\tHINT: Remove this slash as it is unnecessary. If this pattern is targeted in an include(), " +
  "ensure the include() pattern has a trailing '/'.\n";

async function check(
  files: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  using folder = await makeProject(files);
  return await devserver(["check", ...args], folder.path).finish();
}

describe("devserver check", () => {
  test("finds nothing in a new project", async () => {
    expect(await check({})).toEqual({
      exitCode: 0,
      stdout: "System check identified no issues (0 silenced).\n",
      stderr: "",
    });
  });

  test("prints warnings with their hints, and exits 0", async () => {
    expect(await check({ "urls.ts": ODD_URLS })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: `System check identified some issues:\n\nWARNINGS:\n${W002}\nSystem check identified 1 issue (0 silenced).\n`,
    });
  });

  test("exits 1 from the level on that --fail-level says", async () => {
    const { exitCode, stderr } = await check({ "urls.ts": ODD_URLS }, "--fail-level", "warning");

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^SystemCheckError: System check identified some issues:\n/);
  });

  test("runs the project's own checks, and exits 1 for an error", async () => {
    const settings = OWN_CHECK + settingsSource("DEBUG: true");

    const { exitCode, stderr } = await check({ "settings.ts": settings });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("\nERRORS:\ntrue: (site.E1) There is no mail host.\n");
  });

  test("says nothing about what is silenced, but counts it", async () => {
    const settings = OWN_CHECK + settingsSource('DEBUG: true, SILENCED_SYSTEM_CHECKS: ["site.E1"]');

    const { exitCode, stdout } = await check({ "settings.ts": settings });

    expect(exitCode).toBe(0);
    expect(stdout).toBe("System check identified no issues (1 silenced).\n");
  });

  test("runs only the checks with the tags it is given", async () => {
    const files = { "urls.ts": ODD_URLS, "settings.ts": OWN_CHECK + settingsSource("DEBUG: true") };

    const { exitCode, stderr } = await check(files, "--tag", "urls", "--tag", "security");

    expect(exitCode).toBe(0);
    expect(stderr).toContain("urls.W002");
    expect(stderr).not.toContain("site.E1");
  });

  test("--deploy looks at what matters in production", async () => {
    const { exitCode, stderr } = await check({}, "--deploy");

    expect(exitCode).toBe(0);
    expect(stderr.match(/security\.\w+/g)).toEqual([
      "security.W001",
      "security.W002",
      "security.W003",
      "security.W009",
      "security.W018",
      "security.W020",
    ]);
  });

  test("--list-tags lists them, those of the project and of deployment too", async () => {
    const files = { "settings.ts": OWN_CHECK + settingsSource("DEBUG: true") };

    expect((await check(files, "--list-tags", "--deploy")).stdout).toBe(
      "mail\nsecurity\nstaticfiles\ntemplates\nurls\n",
    );
  });

  test("--json prints every message, silenced ones marked", async () => {
    const settings = OWN_CHECK + settingsSource('DEBUG: true, SILENCED_SYSTEM_CHECKS: ["site.E1"]');

    const { exitCode, stdout } = await check({ "settings.ts": settings }, "--json");

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        id: "site.E1",
        level: "ERROR",
        object: "true",
        message: "There is no mail host.",
        hint: null,
        silenced: true,
      },
    ]);
  });

  test.each([
    [
      ["--tag", "nope"],
      /There is no system check with the "nope" tag\. Known tags: security, staticfiles, templates, urls/,
    ],
    [["--fail-level", "BAD"], /--fail-level takes one of CRITICAL, .*; found "BAD"/],
    [["--settings", "other.ts"], /There is no settings file \S+other\.ts/],
  ])("refuses %j in one line", async (args, says) => {
    const { exitCode, stderr } = await check({}, ...args);

    expect(exitCode).toBe(args.includes("BAD") ? 2 : 1);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  test("says why when the project does not load", async () => {
    const { exitCode, stderr } = await check({ "urls.ts": 'throw new Error("not today");' });

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/could not be loaded \(\S+urls\.ts:1\): not today/);
  });
});
