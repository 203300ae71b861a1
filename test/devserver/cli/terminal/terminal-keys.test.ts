import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { descendantsOf, untilGone } from "../../../support/process-tree.ts";
import { eventually } from "../../../support/processes.ts";
import { devserverLine, makeProject, type TemporaryFolder } from "../../../support/projects.ts";
import { hasTerminals, Terminal } from "../../../support/terminal.ts";

const READING = {
  "views.ts": `import { createInterface } from "node:readline/promises";
import { HttpResponse } from "minorswing/http";
export async function home() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("what now? ");
  terminal.close();
  return new HttpResponse(answer);
}
export const crash = () => process.exit(7);
`,
  "urls.ts": `import { path } from "minorswing/urls"; import { home, crash } from "./views.ts";
export const urlpatterns = [path("", home), path("crash/", crash)];`,
};

/** `after` is for the shell; without it the program takes the shell's place, so that an interrupt reaches it alone. */
async function start(
  folder: TemporaryFolder,
  after?: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ terminal: Terminal; url: string }> {
  const line = devserverLine(["runserver", "0"]);
  const command = after === undefined ? `exec ${line}` : `${line}; ${after}`;
  const terminal = new Terminal(command, folder.path, env);
  const [, url = ""] = await terminal.waitFor(/server at (\S+)\/\s[\s\S]*press h for other keys/);
  return { terminal, url };
}

describe.skipIf(!hasTerminals)("runserver on a terminal", () => {
  test("has keys for help, for a new start and for a clear screen", async () => {
    using folder = await makeProject();
    const { terminal } = await start(folder);
    await using _close = terminal;

    terminal.press("h");
    await terminal.waitFor(/r {2}start the site again/);
    terminal.press("r");
    await terminal.waitFor(/started again in \d+ ms/);
    terminal.press("\x1b[Ac");
    // oxlint-disable-next-line no-control-regex -- that is what it sends
    await terminal.waitFor(/\x1b\[2J/);

    terminal.press("q");
    expect(await terminal.finish()).toBe(0);
  });

  test("opens the browser", async () => {
    using folder = await makeProject({ browser: '#!/bin/sh\necho "$1" > opened\n' });
    await chmod(join(folder.path, "browser"), 0o755);
    const { terminal, url } = await start(folder, undefined, {
      BROWSER: join(folder.path, "browser"),
      DISPLAY: "",
    });
    await using _close = terminal;

    terminal.press("o");

    const opened = await eventually(async () => {
      const text = await readFile(join(folder.path, "opened"), "utf8").catch(() => "");
      return text.endsWith("\n") ? text : undefined;
    });
    expect(opened).toBe(`${url}/\n`);
  });

  test("leaves the terminal as it was, also after a crash of the site", async () => {
    using folder = await makeProject(READING);
    const { terminal, url } = await start(folder, "stty -a");
    await using _close = terminal;
    await fetch(`${url}/crash/`).catch(() => undefined);
    await terminal.waitFor(/started again/);

    terminal.press("q");

    await terminal.waitFor(/\bisig icanon /);
    expect(terminal.output).toMatch(/ echo echoe /);
  });

  test.each([
    ["CONTROL-C", "\x03"],
    ["CONTROL-D", "\x04"],
  ])("stops at %s, with every process", async (_name, key) => {
    using folder = await makeProject();
    const { terminal } = await start(folder);
    await using _close = terminal;
    const pids = await descendantsOf(terminal.process.pid ?? 0);

    terminal.press(key);

    expect(await terminal.finish()).toBe(0);
    await untilGone(pids);
  });

  test("lends the terminal to a view that asks for input, and takes it back with the next reload", async () => {
    using folder = await makeProject(READING);
    const { terminal, url } = await start(folder);
    await using _close = terminal;

    const answer = fetch(`${url}/`);
    await terminal.waitFor(/what now\? /);
    terminal.press("quit\r");
    const text = await (await answer).text();
    await folder.write({ "views.ts": `${READING["views.ts"]}// saved` });
    await terminal.waitFor(/reloaded in/);
    terminal.press("q");

    expect(text).toBe("quit");
    expect(await terminal.finish()).toBe(0);
  });

  test("leaves no process behind when the terminal is closed", async () => {
    using folder = await makeProject();
    const { terminal } = await start(folder);
    const pids = await eventually(async () => {
      const found = await descendantsOf(terminal.process.pid ?? 0);
      // The supervisor, the site, its standby.
      return found.length >= 3 ? found : undefined;
    });

    await terminal.close();

    await untilGone(pids);
    expect(pids.length).toBeGreaterThanOrEqual(3);
  });
});
