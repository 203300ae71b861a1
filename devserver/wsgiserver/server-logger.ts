/**
 * The access log: one line per request, with its level and colour by status.
 *
 * Layer 3 (wsgiserver). Source: Django utils/log.py (`ServerFormatter`) and core/management/color.py.
 * Lines are collected and written together, at the latest 20 ms later: under load one system call instead of
 * hundreds. Whatever ends the process, what is collected is written.
 */
import { styleText } from "node:util";
import { formatLogDate, oncePerSecond } from "../httpserver/dates.ts";
import { coarseNow } from "../socketserver/coarse-clock.ts";

/** What a server logs to. `console` and pino have these methods too. */
export interface ServerLogger {
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
}

export interface LogDetails {
  /** The status of the response, where the line is about one. */
  readonly statusCode?: number;
}

/** Where log lines go: standard error, or anything like it. */
export interface LogStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

interface LoggedLine {
  readonly message: string;
  readonly date: string;
  readonly statusCode: number | undefined;
  readonly line: string;
}

/** In milliseconds: nobody sees it, and a busy server writes fifty times a second. */
const FLUSH_DELAY = 20;

/** `[20/Nov/2026 23:53:24] message`, coloured on a terminal. */
export class StreamLogger implements ServerLogger {
  readonly #stream: LogStream;
  readonly #colour: boolean;
  readonly #now: () => number;
  readonly #date: (milliseconds: number) => string = oncePerSecond(formatLogDate);
  #lines = "";
  /** Under load many lines in a row are the same. */
  #last: LoggedLine = { message: "", date: "", statusCode: undefined, line: "" };

  constructor(
    stream: LogStream,
    options: { readonly colour?: boolean; readonly now?: () => number } = {},
  ) {
    this.#stream = stream;
    this.#colour = options.colour ?? wantsColour(stream);
    this.#now = options.now ?? coarseNow;
  }

  info(message: string, details: LogDetails = {}): void {
    this.#log(message, details);
  }

  warn(message: string, details: LogDetails = {}): void {
    this.#log(message, details);
  }

  error(message: string, details: LogDetails = {}): void {
    this.#log(message, details);
  }

  /** Writes what is collected. */
  readonly flush = (): void => {
    const lines = this.#lines;
    this.#lines = "";
    process.off("exit", this.flush);
    if (lines !== "") this.#stream.write(lines);
  };

  #flushSoon(): void {
    setTimeout(this.flush, FLUSH_DELAY);
    process.on("exit", this.flush);
  }

  #log(message: string, { statusCode }: LogDetails): void {
    if (this.#lines === "") this.#flushSoon();
    const date = this.#date(this.#now());
    const last = this.#last;
    if (message !== last.message || date !== last.date || statusCode !== last.statusCode) {
      const text =
        this.#colour && statusCode !== undefined ? colourByStatus(message, statusCode) : message;
      this.#last = { message, date, statusCode, line: `[${date}] ${text}\n` };
    }
    this.#lines += this.#last.line;
  }
}

/** Source: https://no-color.org, and Node's FORCE_COLOR, which goes first. */
function wantsColour({ isTTY }: LogStream): boolean {
  const { FORCE_COLOR, NO_COLOR = "", TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY === true && NO_COLOR === "" && TERM !== "dumb";
}

/** Django's dark palette: 2xx plain, 304 cyan, other 3xx green, 404 yellow, other 4xx red, all else magenta. */
function colourByStatus(text: string, status: number): string {
  const options = { validateStream: false };
  if (status >= 200 && status < 300) return text;
  if (status < 200) return styleText("bold", text, options);
  if (status === 304) return styleText("cyan", text, options);
  if (status < 400) return styleText("green", text, options);
  if (status === 404) return styleText("yellow", text, options);
  if (status < 500) return styleText(["bold", "red"], text, options);
  return styleText(["bold", "magenta"], text, options);
}
