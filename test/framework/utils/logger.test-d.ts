/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type { LoggingOptions } from "../../../framework/conf/sections/logging.ts";
import type { Logger } from "../../../framework/utils/logger.ts";

/** The logging functions of pino 10, as its declarations have them. */
interface PinoLogFn {
  <Item, Text extends string = string>(
    obj: Item,
    msg?: Item extends string ? never : Text,
    ...args: unknown[]
  ): void;
  <_, Text extends string = string>(msg: Text, ...args: unknown[]): void;
}

interface PinoLogger {
  debug: PinoLogFn;
  info: PinoLogFn;
  warn: PinoLogFn;
  error: PinoLogFn;
  bindings(): Record<string, unknown>;
}

declare const pino: PinoLogger;
declare const mute: Pick<Console, "debug" | "info" | "warn">;
declare const counting: { [Level in keyof Logger]: (line: number) => void };

console satisfies Logger;
({ logger: console }) satisfies LoggingOptions;
({ logger: pino, levels: { minorswing: "warn", polls: "silent" } }) satisfies LoggingOptions;
// @ts-expect-error -- no error()
({ logger: mute }) satisfies LoggingOptions;
// @ts-expect-error -- messages are text
({ logger: counting }) satisfies LoggingOptions;
// @ts-expect-error -- no such level
({ levels: { polls: "loud" } }) satisfies LoggingOptions;
