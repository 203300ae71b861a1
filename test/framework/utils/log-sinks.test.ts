import { format } from "node:util";
import { describe, expect, test } from "vitest";
import {
  formatRecord,
  type LogRecord,
  type ObjectFirstLogger,
  sinkOf,
} from "../../../framework/utils/log-sinks.ts";
import { RecordingLogger } from "../../support/loggers.ts";

const lines: string[] = [];

function record(given: Partial<LogRecord> = {}): LogRecord {
  return {
    level: "warn",
    name: "polls",
    message: "paid",
    details: {},
    bindings: {},
    facts: {},
    error: undefined,
    stream: { write: (text) => void lines.push(text) },
    ...given,
  };
}

/** What matters of pino: the object comes first; one after the message is dropped. */
class PinoLike implements ObjectFirstLogger {
  readonly written: unknown[] = [];

  debug(...args: unknown[]): void {
    this.#write(10, args);
  }

  info(...args: unknown[]): void {
    this.#write(30, args);
  }

  warn(...args: unknown[]): void {
    this.#write(40, args);
  }

  error(...args: unknown[]): void {
    this.#write(50, args);
  }

  bindings(): object {
    return {};
  }

  #write(level: number, [first, ...rest]: unknown[]): void {
    const [object, message] = typeof first === "object" ? [first, rest[0]] : [{}, first];
    this.written.push({ level, ...object, msg: message });
  }
}

describe("text", () => {
  test("is the message and what belongs to it, as pairs", () => {
    const text = formatRecord(
      record({
        details: { amount: 3, to: "Django R.", tags: ["a", { b: 1 }], nothing: undefined },
        bindings: { requestId: "4f1c-2" },
        facts: { status: 500 },
      }),
    );

    expect(text).toBe(`paid amount=3 to="Django R." tags=[ 'a', { b: 1 } ] requestId=4f1c-2`);
  });

  test("has the stack of an error, and of its causes", () => {
    const thrown = new Error("outer", { cause: new TypeError("inner") });

    expect(formatRecord(record({ error: { thrown } }))).toMatch(
      /^paid\nError: outer\n[^]*The cause:\n\nTypeError: inner\n/,
    );
  });

  test("has no line that a client could have written", () => {
    expect(formatRecord(record({ details: { agent: "a\nb" } }))).toBe(
      String.raw`paid agent="a\nb"`,
    );
  });
});

describe("a logger", () => {
  test("like console gets one text, of which no % is taken for a directive", () => {
    const written: string[] = [];
    const warn = (...args: unknown[]): void => void written.push(format(...args));
    const fake: Console = Object.assign(Object.create(console), { warn });

    sinkOf(fake)(record({ message: "Not Found: /%s/%o", details: { amount: 3 } }));

    expect(written).toEqual(["Not Found: /%s/%o amount=3"]);
  });

  test("like pino gets the object first, with the error where pino looks for it", () => {
    const pino = new PinoLike();
    const thrown = new Error("boom");

    sinkOf(pino)(record({ details: { amount: 3 }, facts: { status: 500 }, error: { thrown } }));

    expect(pino.written).toEqual([
      { level: 40, logger: "polls", status: 500, amount: 3, err: thrown, msg: "paid" },
    ]);
  });

  test("of any other kind gets the message first, and the stack as text", () => {
    const logger = new RecordingLogger();
    const thrown = new Error("boom");

    sinkOf(logger)(record({ level: "debug", bindings: { requestId: "1" }, error: { thrown } }));

    expect(logger.lines).toEqual([
      {
        level: "debug",
        message: "paid",
        details: {
          logger: "polls",
          requestId: "1",
          error: thrown,
          stack: expect.stringMatching(/^Error: boom\n/),
        },
      },
    ]);
  });
});
