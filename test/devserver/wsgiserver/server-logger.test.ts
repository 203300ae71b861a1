import { describe, expect, test, vi } from "vitest";
import { type LogDetails, StreamLogger } from "../../../devserver/wsgiserver/server-logger.ts";

const NOW = new Date(2026, 10, 20, 23, 53, 24).getTime();

function open(colour: boolean): { logger: StreamLogger; written: string[] } {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) };
  return { logger: new StreamLogger(stream, { colour, now: () => NOW }), written };
}

describe("StreamLogger", () => {
  test.each(["info", "warn", "error"] as const)("writes %s lines with their time", (level) => {
    const { logger, written } = open(false);

    logger[level]("message", { statusCode: 500 });
    logger.flush();

    expect(written).toEqual(["[20/Nov/2026 23:53:24] message\n"]);
  });

  test("writes lines that come together in one piece, in their order, by itself", async () => {
    const { logger, written } = open(false);

    logger.info("one");
    logger.error("two");
    const before = [...written];
    await vi.waitFor(() => expect(written).toHaveLength(1));
    logger.info("three");
    await vi.waitFor(() => expect(written).toHaveLength(2));

    expect(before).toEqual([]);
    expect(written).toEqual([
      "[20/Nov/2026 23:53:24] one\n[20/Nov/2026 23:53:24] two\n",
      "[20/Nov/2026 23:53:24] three\n",
    ]);
  });

  test("loses no line when the process ends, and leaves no listener behind", () => {
    const { logger, written } = open(false);
    const before = process.listenerCount("exit");

    logger.info("last words");
    const [lastListener] = process.listeners("exit").slice(-1);
    lastListener?.(0);

    expect(written).toEqual(["[20/Nov/2026 23:53:24] last words\n"]);
    expect(process.listenerCount("exit")).toBe(before);
  });

  test("writes nothing when there is nothing", () => {
    const { logger, written } = open(false);

    logger.flush();

    expect(written).toEqual([]);
  });

  test.each<[status: number, codes: string]>([
    [100, "1"],
    [302, "32"],
    [304, "36"],
    [404, "33"],
    [400, "31"],
    [500, "35"],
  ])("colours %d with SGR %s", (statusCode, code) => {
    const { logger, written } = open(true);

    logger.info("message", { statusCode });
    logger.flush();

    expect(written.join("")).toContain(`\x1b[${code}m`);
  });

  test.each<[what: string, details: LogDetails]>([
    ["success", { statusCode: 200 }],
    ["what is about no response", {}],
  ])("leaves %s plain", (_, details) => {
    const { logger, written } = open(true);

    logger.info("message", details);
    logger.flush();

    expect(written).toEqual(["[20/Nov/2026 23:53:24] message\n"]);
  });

  test("uses no colour on what is no terminal", () => {
    const written: string[] = [];
    const logger = new StreamLogger({ write: (text) => written.push(text) }, { now: () => NOW });

    logger.error("message", { statusCode: 500 });
    logger.flush();

    expect(written).toEqual(["[20/Nov/2026 23:53:24] message\n"]);
  });
});
