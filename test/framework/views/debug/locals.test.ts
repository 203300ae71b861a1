/** Each in a process of its own: the thread watches the main one, and tests run in others. */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Finished, run } from "../../../support/processes.ts";
import { ROOT, TemporaryFolder } from "../../../support/projects.ts";

const DEBUG = pathToFileURL(join(ROOT, "framework", "views", "debug")).href;

const IMPORTS = `
import { collectLocals, countRequest, isCollectingLocals, localsOf, prepareLocals, stopCollectingLocals } from "${DEBUG}/locals.ts";
import { parseStackFrames } from "${DEBUG}/stack-frames.ts";
function show(error) {
  const frames = parseStackFrames(error).filter(({ kind }) => kind === "project");
  for (const frame of frames) {
    const found = localsOf(error, frame);
    console.log(frame.functionName, found === undefined ? "unknown" : JSON.stringify([...found].filter(([name]) => name !== "this")));
  }
}
async function caught(work) {
  try { await work(); } catch (error) { return error; }
}
`;
const PRELUDE = `${IMPORTS}await collectLocals();
`;

/** Runs a program that can use the above. */
async function runProgram(
  source: string,
  {
    nodeOptions = [],
    prelude = PRELUDE,
  }: { readonly nodeOptions?: readonly string[]; readonly prelude?: string } = {},
): Promise<Finished> {
  using folder = new TemporaryFolder();
  await folder.write({ "package.json": '{ "type": "module" }', "main.ts": prelude + source });
  return await run(process.execPath, [...nodeOptions, "main.ts"], folder.path);
}

describe("local variables", () => {
  test("are those of each function on the way, the inner ones first, without what has no value yet", async () => {
    const { stdout, stderr, exitCode } = await runProgram(`
class Poll {
  detail(pk) {
    const title = "Minor Swing";
    for (const vote of [1]) {
      if (pk === 3) throw new Error("boom");
    }
    const late = 1;
  }
}
function view(request) {
  const pk = 3;
  new Poll().detail(pk);
}
show(await caught(() => view({ path: "/" })));
`);

    expect(stderr).toBe("");
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      'Poll.detail [["vote",1],["pk",3],["title","Minor Swing"]]',
      'view [["request",{"path":"/"}],["pk",3]]',
    ]);
    expect(exitCode).toBe(0);
  });

  test("are also those of asynchronous functions, of causes, and of callers of Node's own functions", async () => {
    const { stdout } = await runProgram(`
import { readFileSync } from "node:fs";
function read(file) { return readFileSync(file); }
async function view(slug) {
  await null;
  try { read("/nowhere"); } catch (error) { throw new Error("no page", { cause: error }); }
}
const error = await caught(() => view("nuages"));
show(error.cause);
show(error);
`);

    expect(stdout).toContain('read [["file","/nowhere"]]');
    expect(stdout.match(/^view .*\["slug","nuages"\]/gm)).toHaveLength(2);
  });

  test("are not looked at before somebody asks, and no getter is called", async () => {
    const { stdout } = await runProgram(`
let calls = 0;
function view() {
  const user = { get name() { calls += 1; return "django"; } };
  throw new Error("boom");
}
const error = await caught(view);
const [frame] = parseStackFrames(error);
console.log(localsOf(error, frame).has("user"), calls);
`);

    expect(stdout).toBe("true 0\n");
  });

  test("go on being collected after so many throws that the program was left alone for a while", async () => {
    const { stdout } = await runProgram(`
for (let count = 0; count < 5000; count += 1) await caught(() => { throw new Error("often"); });
await new Promise((resolve) => setTimeout(resolve, 100));
console.log(isCollectingLocals());
while (!isCollectingLocals()) await new Promise((resolve) => setTimeout(resolve, 50));
function view(pk) { throw new Error("boom"); }
show(await caught(() => view(3)));
`);

    expect(stdout).toMatch(/^false\nview \[\["pk",3\]\]\n/);
  });

  test("rest under load", async () => {
    const { stdout } = await runProgram(`
for (let count = 0; count < 60; count += 1) countRequest();
while (isCollectingLocals()) await new Promise((resolve) => setTimeout(resolve, 10));
console.log("rests");
while (!isCollectingLocals()) await new Promise((resolve) => setTimeout(resolve, 10));
console.log("watches");
`);

    expect(stdout).toBe("rests\nwatches\n");
  });
});

describe("a process that has only prepared for them", () => {
  test("is not stopped at a throw, and collects from the moment it is told to", async () => {
    const { stdout, stderr, exitCode } = await runProgram(
      `
await prepareLocals();
function view(pk) { throw new Error("boom"); }
console.log(isCollectingLocals());
show(await caught(() => view(1)));
await collectLocals();
show(await caught(() => view(3)));
`,
      { prelude: IMPORTS },
    );

    expect(stderr).toBe("");
    const lines = stdout.split("\n").filter((line) => /^(?:false|view)/.test(line));
    expect(lines).toEqual(["false", "view unknown", 'view [["pk",3]]']);
    expect(exitCode).toBe(0);
  });

  test.each([
    ["by itself", ""],
    ["after it stopped", "await stopCollectingLocals();"],
    ["by process.exit", "process.exit(0);"],
  ])("ends %s without waiting for a debugger", async (_how, source) => {
    const { stderr, exitCode } = await runProgram(`await prepareLocals();${source}`, {
      prelude: IMPORTS,
    });

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });
});

describe("a process that collects them", () => {
  test.each([
    ["by itself", ""],
    ["by process.exit", "process.exit(0);"],
    ["by an error", "setTimeout(() => { throw new Error('uncaught'); });"],
    ["after it stopped collecting", "await stopCollectingLocals();"],
  ])("ends %s without waiting for a debugger", async (_how, source) => {
    const { stderr, exitCode } = await runProgram(source);

    expect(stderr).not.toContain("Waiting for the debugger");
    expect(exitCode).toBe(source.includes("uncaught") ? 1 : 0);
  });

  test.each([
    ["a debugger is attached", ["--inspect=127.0.0.1:0"]],
    ["no thread may be started", ["--permission", "--allow-fs-read=*"]],
  ])("goes on without them where %s", async (_what, nodeOptions) => {
    const { stdout, exitCode } = await runProgram(
      `
function view() { throw new Error("boom"); }
console.log(isCollectingLocals());
show(await caught(view));
process.exit(0);
`,
      { nodeOptions },
    );

    expect(stdout).toMatch(/^false\nview unknown\n/);
    expect(exitCode).toBe(0);
  });
});
