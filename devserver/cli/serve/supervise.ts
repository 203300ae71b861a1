/**
 * The process that the user started: binds, watches, keeps a child that serves, says what happens.
 *
 * Layer 10 (cli). It never imports the project.
 */
import type { BoundSocket } from "node:net";
import { basename, dirname, relative } from "node:path";
import type { CommandContext } from "../../../framework/management/command.ts";
import { type ChangeKind, type FileChange, kindOfChange } from "../../autoreload/changes.ts";
import { Supervisor, type Swap } from "../../autoreload/supervisor.ts";
import type { ProjectWatcher } from "../../autoreload/watcher.ts";
import { bindSocket, type TCPAddress } from "../../socketserver/tcp-server.ts";
import { formatUrl } from "./address.ts";
import { formatBanner } from "../terminal/banner.ts";
import { NOT_FIRST_START } from "../terminal/first-start.ts";
import { loadSecurity } from "../https/load-security.ts";
import { schemeOf, type ServePlan } from "./serve-plan.ts";
import { onStop } from "./signals.ts";
import { hasKeys, type KeyActions, TerminalKeys } from "../terminal/terminal-keys.ts";

/** Binds first, so that a port that cannot be had is said before anything else starts. Returns the exit code. */
export async function supervise(
  address: TCPAddress,
  plan: ServePlan,
  context: CommandContext,
): Promise<number> {
  const secure = await loadSecurity(plan.https, context.env);
  const bound = await bindSocket(address).catch(async (error: unknown) => {
    const { explainBindFailure } = await import("./bind-failure.ts");
    throw await explainBindFailure(error, address, context);
  });
  const session = new Session(bound, address[0], plan, context, secure?.hint);
  using _stop = onStop(context.env, () => session.supervisor.stop());
  const exitCode = await session.run();
  bound.close();
  return exitCode;
}

class Session {
  readonly supervisor: Supervisor;
  readonly #bound: BoundSocket;
  readonly #host: string;
  readonly #plan: ServePlan;
  readonly #context: CommandContext;
  /** What is to be known of its certificate. */
  readonly #hint: string | undefined;
  #watcher: ProjectWatcher | undefined;
  /** What the changes since the last swap were. */
  #kind: ChangeKind = "code";
  #swaps = 0;
  /** `undefined` where nobody can press a key. */
  #keys: TerminalKeys | undefined;

  constructor(
    bound: BoundSocket,
    host: string,
    plan: ServePlan,
    context: CommandContext,
    hint: string | undefined,
  ) {
    this.#hint = hint;
    this.#bound = bound;
    this.#host = host;
    this.#plan = plan;
    this.#context = context;
    this.supervisor = new Supervisor({
      command: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
      listenFd: bound.fd(),
      cwd: process.cwd(),
      onSwap: (swap) => this.#onSwap(swap),
      onTerminal: () => this.#lendTerminal(),
      onCrash: (code, signal, delay) => this.#onCrash(code, signal, delay),
      onSlowLoad: (milliseconds) => this.#onSlowLoad(milliseconds),
    });
  }

  async run(): Promise<number> {
    using _keys = this.#listenForKeys();
    const ended = this.supervisor.run();
    // What watches files is loaded while the child starts, too.
    const { ProjectWatcher } = await import("../../autoreload/watcher.ts");
    await using watcher = await ProjectWatcher.start(dirname(this.#plan.settingsFile), (changes) =>
      this.#onChanges(changes),
    );
    this.#watcher = watcher;
    this.#watchElsewhere();
    if (this.#swaps > 0) this.#greet();
    return await ended;
  }

  #onChanges(changes: readonly FileChange[]): void {
    const { supervisor } = this;
    const paths: Record<ChangeKind, string[]> = {
      code: [],
      settings: [],
      static: [],
      template: [],
    };
    for (const change of changes) {
      const kind = kindOfChange(change, this.#plan.settingsFile, supervisor.report);
      if (kind !== undefined) paths[kind].push(change.path);
    }
    const { settings, code } = paths;
    if (settings.length > 0 || code.length > 0) {
      this.#kind = settings.length > 0 ? "settings" : "code";
      const afresh = settings.some((path) => basename(path).startsWith(".env"));
      supervisor.reload([...settings, ...code], { afresh });
      return;
    }
    for (const kind of ["template", "static"] as const) {
      if (paths[kind].length === 0) continue;
      supervisor.announce({ kind, paths: paths[kind] });
      this.#say(`${this.#name(paths[kind])} changed (${kind}), no restart needed`);
    }
  }

  get #url(): string {
    return formatUrl([this.#host, this.#bound.address().port], schemeOf(this.#plan));
  }

  /** Once the site answers and its files are watched: whoever saves after this line sees the change. */
  #greet(): void {
    const { cwd, stdout } = this.#context;
    const options = { hint: this.#hint, canPressKeys: this.#keys !== undefined };
    stdout.write(formatBanner(this.#url, this.#plan.settingsFile, cwd, options));
  }

  /** Before the first child: each gives the terminal back as it was when it started. */
  #listenForKeys(): TerminalKeys | undefined {
    if (hasKeys(this.#context.stdout))
      this.#keys = new TerminalKeys(process.stdin, process.stdout, this.#actions);
    return this.#keys;
  }

  readonly #actions: KeyActions = {
    reload: () => this.supervisor.reload([]),
    quit: () => this.supervisor.stop(),
    open: () => void this.#openBrowser(),
  };

  async #openBrowser(): Promise<void> {
    const { openBrowser } = await import("../terminal/open-browser.ts");
    openBrowser(this.#url, (problem) => this.#say(problem));
  }

  #onSwap(swap: Swap): void {
    this.#swaps += 1;
    // Inherited by every child from now on.
    process.env[NOT_FIRST_START] = "1";
    this.#keys?.takeBack();
    this.#watchElsewhere();
    if (this.#swaps === 1) {
      if (this.#watcher !== undefined) this.#greet();
      return;
    }
    const what =
      swap.changed.length === 0
        ? "started again"
        : `${this.#name(swap.changed)} changed (${this.#kind}), reloaded`;
    const waited = `${swap.waited} ${swap.waited === 1 ? "request" : "requests"} waited`;
    this.#say(`${what} in ${Math.round(swap.milliseconds)} ms, ${waited}`);
  }

  #onCrash(code: number | null, signal: NodeJS.Signals | null, delay: number): void {
    const when = delay === 0 ? "now" : `in ${delay} ms`;
    this.#context.stderr.write(
      `The server process ended (${signal ?? `exit code ${code}`}); starting it again ${when}.\n`,
    );
  }

  #onSlowLoad(milliseconds: number): void {
    const meanwhile =
      this.#swaps === 0 ? "requests wait until it has" : "the code from before goes on answering";
    this.#say(`The project is still loading after ${milliseconds / 1000} s; ${meanwhile}.`);
  }

  /** A debugger or a prompt in the project: it needs the terminal for itself. */
  #lendTerminal(): void {
    if (this.#keys === undefined) return;
    this.#keys.lend();
    this.#say("The project reads the terminal; keys are its own until the next reload.");
  }

  /** Modules, templates and static files outside of the project's folder. */
  #watchElsewhere(): void {
    const { modules = [], templates, statics } = this.supervisor.report ?? {};
    this.#watcher?.alsoWatch([...modules, ...(templates ?? []), ...(statics ?? [])]);
  }

  #name(paths: readonly string[]): string {
    const [first = "", ...others] = paths.map((path) => relative(this.#context.cwd, path));
    return others.length === 0 ? first : `${first} and ${others.length} more`;
  }

  #say(line: string): void {
    this.#context.stdout.write(`${line}\n`);
  }
}
