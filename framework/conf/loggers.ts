/**
 * The loggers of a site: names, levels and the request that a line belongs to.
 *
 * Layer 4 (conf). Source: Django utils/log.py (`DEFAULT_LOGGING`): `django.request` is `minorswing.request` here, and so
 * on. The default is text to `wsgi.errors` of the request, or stderr where there is none.
 * Differs from Django: without DEBUG errors are written too, where Django mails them to the admins.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { HttpRequest } from "../http/request.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { type LogRecord, type LogSink, sinkOf, writeText } from "../utils/log-sinks.ts";
import { type Logger, type LogLevel, makeLogger, setLoggerSource } from "../utils/logger.ts";
import { safeDetails } from "./log-details.ts";
import type { LogThreshold } from "./sections/logging.ts";
import type { Settings } from "./settings.ts";

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** Names this request in the log, and for its client; set by `requestIdMiddleware`. */
    requestId?: string;
  }
}

const ORDER: readonly LogThreshold[] = ["debug", "info", "warn", "error", "silent"];

type LoggingOf = Pick<Settings, "DEBUG" | "LOGGING">;

/** What is written of one site's log, and where to. */
class SiteLog {
  readonly #sink: LogSink;
  readonly #levels: ReadonlyMap<string, LogThreshold>;

  constructor({ DEBUG, LOGGING }: LoggingOf) {
    const { logger, levels } = LOGGING;
    this.#sink = logger === undefined ? writeText : sinkOf(logger);
    this.#levels = new Map<string, LogThreshold>([
      ["", logger === undefined ? "info" : "debug"],
      ["minorswing", DEBUG || logger !== undefined ? "info" : "error"],
      ...Object.entries(levels ?? {}),
    ]);
  }

  isEnabled(name: string, level: LogLevel): boolean {
    return ORDER.indexOf(level) >= ORDER.indexOf(this.#threshold(name));
  }

  write(record: LogRecord): void {
    this.#sink(record);
  }

  /** That of the name itself, else of the nearest name above it. */
  #threshold(name: string): LogThreshold {
    for (let prefix = name; prefix !== ""; prefix = parentOf(prefix)) {
      const found = this.#levels.get(prefix);
      if (found !== undefined) return found;
    }
    return this.#levels.get("") ?? "info";
  }
}

const logs = new WeakMap<LoggingOf, SiteLog>();
const beforeSettings = new SiteLog({ DEBUG: false, LOGGING: {} });
const current = new AsyncLocalStorage<HttpRequest>();
let latest: SiteLog = beforeSettings;

/** Makes this site's log the one that `getLogger` writes to outside of requests. */
export function setDefaultLog(settings: LoggingOf): void {
  latest = logOf(settings);
  setLoggerSource((name) => {
    const request = current.getStore();
    return request === undefined
      ? siteLogger(latest, name, undefined)
      : requestLogger(request, name);
  });
}

/** Whatever `getLogger` writes inside `call` and what it starts belongs to `request`. */
export function withRequestLog<Result>(request: HttpRequest, call: () => Result): Result {
  return current.run(request, call);
}

/** A logger of the site itself, outside of any request. */
export function applicationLogger(settings: LoggingOf, name: string): Logger {
  return siteLogger(logOf(settings), name, undefined);
}

/** The logger called `name` for one request: its lines go to the log of its site, and bear its id. */
export function requestLogger(
  request: HttpRequest,
  name: string,
  facts: LogRecord["facts"] = {},
): Logger {
  // A request made by hand belongs to no site.
  const { app }: { readonly app?: { readonly settings: LoggingOf } } = request;
  return siteLogger(app === undefined ? latest : logOf(app.settings), name, request, facts);
}

function siteLogger(
  log: SiteLog,
  name: string,
  request: HttpRequest | undefined,
  facts: LogRecord["facts"] = {},
): Logger {
  return makeLogger((level, message, details = {}) => {
    if (!log.isEnabled(name, level)) return;
    const bindings = request?.requestId === undefined ? {} : { requestId: request.requestId };
    const stream = request?.META["wsgi.errors"] ?? process.stderr;
    log.write({ level, name, message, bindings, facts, stream, ...safeDetails(details) });
  });
}

function logOf(settings: LoggingOf): SiteLog {
  return getOrInsert(logs, settings, () => new SiteLog(settings));
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}
