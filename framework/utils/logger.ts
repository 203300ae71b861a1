/**
 * What the framework asks of a logger, and the loggers that modules have.
 *
 * Layer 0. `console` satisfies `Logger` as it is; pino, which wants the details before the message, is adapted in
 * log-sinks.ts. Where lines go and which are written is decided by whoever calls `setLoggerSource`: conf/loggers.ts.
 * Source: Python's logging (`getLogger`). Differs from it: no handlers, formatters and filters; that is the business
 * of the logger that LOGGING names.
 */
import { inspect } from "node:util";
import { formatError } from "./stack.ts";

/** From the least to the most important. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * Messages by level. `details` is an object with what belongs to the message, `{ error }` for an error, or the error
 * itself. A message is written as it is: `%` means nothing in it.
 */
export interface Logger {
  debug(message: string, details?: object): void;
  info(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  error(message: string, details?: object): void;
}

/** Takes every message of a logger. */
export type LogWriter = (level: LogLevel, message: string, details: object | undefined) => void;

/** A logger of one function. A writer that fails is reported to stderr: nobody's answer depends on a log. */
export function makeLogger(write: LogWriter): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, details?: object): void => {
      try {
        write(level, message, details);
      } catch (error) {
        process.stderr.write(`A logger failed: ${formatError(error)}\n`);
      }
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

let source: (name: string) => Logger = () => beforeSettings;

/** For what is logged while no settings are known: warnings and errors, to stderr. */
const beforeSettings: Logger = makeLogger((level, message, details) => {
  if (level === "debug" || level === "info") return;
  const more = details === undefined ? "" : ` ${inspect(details)}`;
  process.stderr.write(`${message}${more}\n`);
});

/** Decides from now on what `getLogger` gives. */
export function setLoggerSource(newSource: (name: string) => Logger): void {
  source = newSource;
}

/**
 * The logger called `name`, with dots as in `"polls.votes"`. May be kept in a module: where its lines go is looked up
 * for each of them, so that it need not be made after the settings.
 */
export function getLogger(name: string): Logger {
  return makeLogger((level, message, details) => source(name)[level](message, details));
}
