/**
 * A real browser for tests, where the machine has one: Chromium, spoken to by its DevTools protocol.
 * Source: chromedevtools.github.io/devtools-protocol (`Target`, `Runtime`, `Page`).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { endsWithTests, eventually } from "./processes.ts";

/** `undefined` on a machine without one. */
export const CHROMIUM: string | undefined = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) =>
    ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)),
  )
  .find((path) => existsSync(path));

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--no-first-run",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--ignore-certificate-errors",
  "--remote-debugging-port=0",
  "about:blank",
];

interface Answer {
  readonly id?: number;
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly sessionId?: string };
  readonly error?: { readonly message: string };
}

/** One browser with one page. `await using` ends it. */
export class Browser implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #socket: WebSocket;
  readonly #waiting: Map<number, (answer: Answer) => void> = new Map<
    number,
    (answer: Answer) => void
  >();
  #sessionId: string | undefined;
  #lastId = 0;

  private constructor(child: ChildProcess, folder: string, url: string) {
    this.#process = child;
    this.#folder = folder;
    this.#socket = new WebSocket(url);
    this.#socket.addEventListener("message", ({ data }) => {
      const answer: Answer = JSON.parse(String(data));
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async start(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), "minorswing-browser-"));
    const child = endsWithTests(
      spawn(CHROMIUM ?? "", [...FLAGS, `--user-data-dir=${folder}`], {
        stdio: ["ignore", "ignore", "pipe"],
      }),
    );
    const url = await debuggerUrl(child);
    const browser = new Browser(child, folder, url);
    await once(browser.#socket, "open");
    const { targetInfos } = await browser.#send<{
      targetInfos: { targetId: string; type: string }[];
    }>("Target.getTargets");
    const page = targetInfos.find(({ type }) => type === "page");
    const { sessionId } = await browser.#send<{ sessionId: string }>("Target.attachToTarget", {
      targetId: page?.targetId,
      flatten: true,
    });
    browser.#sessionId = sessionId;
    return browser;
  }

  async goto(url: string): Promise<void> {
    await this.#send("Page.navigate", { url });
    await this.waitFor(
      `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`,
    );
  }

  /** The value of an expression in the page. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result } = await this.#send<{ result: { value: Value } }>("Runtime.evaluate", {
      expression,
      returnByValue: true,
    });
    return result.value;
  }

  /** Waits until an expression is true in the page, whatever page that is by then. */
  async waitFor(expression: string): Promise<void> {
    await eventually(async () => ((await this.evaluate(expression)) === true ? true : undefined));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#process, "exit");
    await this.#send("Browser.close").catch(() => undefined);
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 3000);
    await exited;
    clearTimeout(timer);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #send<Result>(method: string, params: object = {}): Promise<Result> {
    const id = (this.#lastId += 1);
    const answered = Promise.withResolvers<Answer>();
    this.#waiting.set(id, answered.resolve);
    const inPage = /^(?:Page|Runtime)\./.test(method) ? { sessionId: this.#sessionId } : {};
    this.#socket.send(JSON.stringify({ id, method, params, ...inPage }));
    const { result, error } = await answered.promise;
    this.#waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  }
}

async function debuggerUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stderr ?? process.stdin })) {
    const url = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stderr?.resume();
    return url;
  }
  throw new Error("the browser did not start");
}
