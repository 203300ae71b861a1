/**
 * Keys on the terminal, without Enter: `r`, `o`, `c`, `q`, `h`.
 *
 * Layer 10 (cli). Only where somebody can press them: input and output are a terminal, and this process is in its
 * foreground. While it listens the terminal gives every key as it is, so Ctrl-C and its like are turned back into the
 * signals that they are otherwise. The terminal is given back in every outcome.
 */
import { readFileSync } from "node:fs";
import { isatty, type ReadStream, type WriteStream } from "node:tty";

export interface KeyActions {
  reload(): void;
  open(): void;
  quit(): void;
}

const HELP = `
  r  start the site again
  o  open it in the browser
  c  clear the terminal
  q  quit (as CONTROL-C does)
  h  this list

`;
/** Clears the screen and what was scrolled out of it. */
const CLEAR = "\x1b[2J\x1b[3J\x1b[H";

/** What the terminal sends for CONTROL-C, CONTROL-\ and CONTROL-Z. */
const SIGNALS: ReadonlyMap<string, NodeJS.Signals> = new Map<string, NodeJS.Signals>([
  ["\x03", "SIGINT"],
  ["\x1c", "SIGQUIT"],
  ["\x1a", "SIGTSTP"],
]);
/** What arrows and their like send: nothing that means something here. Source: ECMA-48 section 5.4. */
const SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/g;
const CONTROL_D = "\x04";

export class TerminalKeys implements Disposable {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #actions: KeyActions;
  #isListening = false;
  #isLent = false;

  constructor(input: ReadStream, output: WriteStream, actions: KeyActions) {
    this.#input = input;
    this.#output = output;
    this.#actions = actions;
    input.on("data", this.#onData).on("error", this.#release);
    // A terminal that is closed says so by a signal; what is written to it until then is of no interest to anybody.
    output.on("error", this.#release);
    process.on("exit", this.#release).on("SIGCONT", this.#onContinue);
    this.#listen();
  }

  /** Gives the terminal to somebody else. */
  lend(): void {
    this.#isLent = true;
    this.#release();
  }

  takeBack(): void {
    this.#isLent = false;
    if (isInForeground()) this.#listen();
  }

  [Symbol.dispose](): void {
    this.#release();
    this.#input.off("data", this.#onData);
    process.off("exit", this.#release).off("SIGCONT", this.#onContinue);
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#input.setRawMode(true);
    this.#input.resume();
  }

  readonly #release = (): void => {
    if (!this.#isListening) return;
    this.#isListening = false;
    try {
      this.#input.setRawMode(false);
    } catch {
      // There is no terminal any more.
    }
    this.#input.pause();
  };

  /** After CONTROL-Z the shell has set the terminal as it likes it, and may have left this process in the background. */
  readonly #onContinue = (): void => {
    this.#release();
    if (!this.#isLent && isInForeground()) this.#listen();
  };

  readonly #onData = (data: Buffer): void => {
    for (const key of data.toString("latin1").replaceAll(SEQUENCE, "")) this.#onKey(key);
  };

  #onKey(key: string): void {
    const signal = SIGNALS.get(key);
    if (signal !== undefined) this.#signal(signal);
    else if (key === "q" || key === CONTROL_D) this.#actions.quit();
    else if (key === "r") this.#actions.reload();
    else if (key === "o") this.#actions.open();
    else if (key === "c") this.#output.write(CLEAR);
    else if (key === "h" || key === "?") this.#output.write(HELP);
    else if (key === "\r") this.#output.write("\n");
  }

  /** To all in the foreground, as the terminal would. */
  #signal(signal: NodeJS.Signals): void {
    if (process.platform === "win32") this.#actions.quit();
    else {
      if (signal === "SIGTSTP") this.#release();
      process.kill(0, signal);
    }
  }
}

/** Whether somebody can press a key: input and `output` are a terminal, and it is this process that it listens to. */
export function hasKeys(output: { readonly isTTY?: boolean | undefined }): boolean {
  // `process.stdin` itself is made when it is first asked for, and not before it has to be.
  return output.isTTY === true && isatty(0) && isInForeground();
}

/** To read from a terminal in the background would stop the process. Where nobody can tell, the foreground is likelier. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync("/proc/self/stat", "latin1");
    // What comes before, the name of the program, may have spaces in it. Source: proc(5).
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return group === foreground;
  } catch {
    return true;
  }
}
