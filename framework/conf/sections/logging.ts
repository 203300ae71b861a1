/**
 * Settings: What is logged and where it goes, and which errors are not answered at all.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py, utils/log.py (`DEFAULT_LOGGING`).
 */
import type { Logger, LogLevel } from "../../utils/logger.ts";
import type { ObjectFirstLogger } from "../../utils/log-sinks.ts";
import { BOOLEAN, type Checks } from "../check-kinds.ts";

/** The lowest level that is written, or none at all. */
export type LogThreshold = LogLevel | "silent";

export interface LoggingOptions {
  /** `console`, a pino logger, or anything with `debug`, `info`, `warn` and `error`; text to `wsgi.errors` when left out. */
  readonly logger?: Logger | ObjectFirstLogger;
  /**
   * The lowest level that is written, by name; a name counts for those below it too: `{ "minorswing.security": "warn",
   * polls: "debug", "": "info" }`. Added to the defaults: `minorswing` from `info` up with DEBUG, else (and without a
   * `logger`) from `error` up; every other name from `info` up, or all that a `logger` of yours takes.
   */
  readonly levels?: Readonly<Record<string, LogThreshold>>;
}

export interface LoggingSettings {
  /** Which logger the site writes to, and from which level up. @default {} */
  readonly LOGGING: LoggingOptions;
  /** Hand errors that would be answered with 500 to the server instead. For tests and debuggers. @default false */
  readonly DEBUG_PROPAGATE_EXCEPTIONS: boolean;
}

export const LOGGING_DEFAULTS: LoggingSettings = {
  LOGGING: {},
  DEBUG_PROPAGATE_EXCEPTIONS: false,
};

export const LOGGING_CHECKS: Checks<LoggingSettings> = {
  LOGGING: [
    'an object such as { logger: console, levels: { minorswing: "info" } }, with levels "debug", "info", "warn", "error" or "silent"',
    isLoggingOptions,
  ],
  DEBUG_PROPAGATE_EXCEPTIONS: BOOLEAN,
};

const METHODS: readonly string[] = ["debug", "info", "warn", "error"];
const THRESHOLDS: ReadonlySet<unknown> = new Set<unknown>([...METHODS, "silent"]);

function isLoggingOptions(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { logger, levels }: { readonly logger?: unknown; readonly levels?: unknown } = value;
  return (logger === undefined || isLogger(logger)) && (levels === undefined || areLevels(levels));
}

function isLogger(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    METHODS.every((name) => typeof Reflect.get(value, name) === "function")
  );
}

function areLevels(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((level) => THRESHOLDS.has(level))
  );
}
