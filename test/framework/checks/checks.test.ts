import { describe, expect, test } from "vitest";
import {
  CheckMessage,
  Critical,
  Debug,
  ErrorMessage,
  Info,
  LEVELS,
  Warning,
} from "../../../framework/checks/messages.ts";
import { type Check, CheckRegistry, runChecks } from "../../../framework/checks/registry.ts";
import { reportChecks } from "../../../framework/checks/report.ts";

interface Subject {
  readonly word: string;
}

const check = (name: string, options: Partial<Check<Subject>> = {}): Check<Subject> => ({
  name,
  tags: ["words"],
  run: ({ word }) => [new Info(`${name} ${word}`)],
  ...options,
});

describe("a message", () => {
  test.each([
    [new Debug("m"), 10],
    [new Info("m"), 20],
    [new Warning("m"), 30],
    [new ErrorMessage("m"), 40],
    [new Critical("m"), 50],
  ])("%o has its level", (message, level) => {
    expect(message.level).toBe(level);
    expect(message.isSerious()).toBe(level >= 40);
    expect(message.isSerious(LEVELS.INFO)).toBe(level >= 20);
  });

  test("reads as in Django: object, id, text, and the hint on a line of its own", () => {
    const obj = { toString: () => "urls.ts:3" };

    expect(String(new Warning("Broken.", { hint: "Mend it.", obj, id: "urls.W001" }))).toBe(
      "urls.ts:3: (urls.W001) Broken.\n\tHINT: Mend it.",
    );
    expect(String(new Warning("Broken."))).toBe("?: Broken.");
  });

  test("is silenced by its id", () => {
    expect(new Warning("m", { id: "a.W1" }).isSilenced(["a.W1"])).toBe(true);
    expect(new Warning("m", { id: "a.W1" }).isSilenced(["a.W2"])).toBe(false);
    expect(new Warning("m").isSilenced([""])).toBe(false);
  });
});

describe("CheckRegistry", () => {
  const registry = new CheckRegistry<Subject>().register(
    check("first"),
    check("second", { tags: ["urls", "words"], run: async () => [new Info("later")] }),
    check("third", { tags: ["security"], deploy: true }),
  );
  const texts = async (options: object): Promise<string[]> =>
    (await registry.run({ word: "x" }, options)).map(({ msg }) => msg);

  test("runs its checks in order, asynchronous ones too, without those for deployment", async () => {
    expect(await texts({})).toEqual(["first x", "later"]);
  });

  test("runs deployment checks when asked", async () => {
    expect(await texts({ deploy: true })).toEqual(["first x", "later", "third x"]);
  });

  test("runs only what has one of the tags", async () => {
    expect(await texts({ tags: ["urls"] })).toEqual(["later"]);
    expect(await texts({ tags: ["security"] })).toEqual([]);
    expect(await texts({ tags: ["security"], deploy: true })).toEqual(["third x"]);
  });

  test("lists the tags it has checks for", () => {
    expect(registry.tagsAvailable()).toEqual(["urls", "words"]);
    expect(registry.tagsAvailable({ deploy: true })).toEqual(["security", "urls", "words"]);
  });

  test("holds a check once", async () => {
    const one = check("one");

    const messages = await new CheckRegistry<Subject>()
      .register(one, one)
      .register(one)
      .run({ word: "" });

    expect(messages).toHaveLength(1);
  });

  test.each([
    ["nothing", undefined],
    ["a text", "wrong"],
    ["a list of texts", ["wrong"]],
    ["one message", new Info("alone")],
  ])("refuses a check that returns %s", async (_what, result) => {
    const run = (() => result) as Check<Subject>["run"];

    await expect(runChecks({ word: "" }, [check("forgetful", { run })])).rejects.toThrow(
      /^The check forgetful must return an array of CheckMessage/,
    );
  });
});

describe("reportChecks", () => {
  test("says that there is nothing", () => {
    expect(reportChecks([], { silenced: [] })).toEqual({
      text: "System check identified no issues (0 silenced).",
      visible: 0,
      silenced: 0,
      failed: false,
    });
  });

  test("groups by level, worst first, sorted within a group", () => {
    const messages = [
      new Warning("b", { id: "w.2" }),
      new Warning("a", { id: "w.1", hint: "do it" }),
      new Critical("c", { obj: "here" }),
      new CheckMessage(35, "between"),
      new Debug("d"),
    ];

    const { text, failed } = reportChecks(messages, { silenced: [] });

    expect(failed).toBe(true);
    expect(text).toBe(
      "SystemCheckError: System check identified some issues:\n\nCRITICALS:\nhere: c\n\n" +
        "WARNINGS:\n?: (w.1) a\n\tHINT: do it\n?: (w.2) b\n?: between\n\nDEBUGS:\n?: d\n\n" +
        "System check identified 5 issues (0 silenced).",
    );
  });

  test("leaves out what is silenced, also when it decides about failing", () => {
    const messages = [new ErrorMessage("bad", { id: "x.E1" }), new Warning("odd", { id: "x.W1" })];

    const report = reportChecks(messages, { silenced: ["x.E1"] });

    expect(report).toEqual({
      text: "System check identified some issues:\n\nWARNINGS:\n?: (x.W1) odd\n\nSystem check identified 1 issue (1 silenced).",
      visible: 1,
      silenced: 1,
      failed: false,
    });
  });

  test("fails at the level it is told", () => {
    const messages = [new Info("fine")];

    expect(reportChecks(messages, { silenced: [], failLevel: LEVELS.INFO }).failed).toBe(true);
    expect(reportChecks(messages, { silenced: [], failLevel: LEVELS.WARNING }).failed).toBe(false);
  });
});
