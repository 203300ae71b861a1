/**
 * A logger that keeps what it is told.
 */
import type { Logger, LogLevel } from "../../framework/utils/logger.ts";

export interface LoggedLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export class RecordingLogger implements Logger {
  readonly lines: LoggedLine[] = [];

  debug(message: string, details: object = {}): void {
    this.#add("debug", message, details);
  }

  info(message: string, details: object = {}): void {
    this.#add("info", message, details);
  }

  warn(message: string, details: object = {}): void {
    this.#add("warn", message, details);
  }

  error(message: string, details: object = {}): void {
    this.#add("error", message, details);
  }

  #add(level: LogLevel, message: string, details: object): void {
    this.lines.push({ level, message, details: { ...details } });
  }
}
