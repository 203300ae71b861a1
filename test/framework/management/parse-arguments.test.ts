import { describe, expect, test } from "vitest";
import type { Command } from "../../../framework/management/command.ts";
import { parseArguments } from "../../../framework/management/parse-arguments.ts";

const COMMAND: Command = {
  summary: "test",
  usage: "test",
  options: { version: { type: "boolean", short: "v" } },
  help: {},
  maxPositionals: 1,
  run: () => 0,
};

describe("parseArguments", () => {
  test("prefers the letters of the command to those of all commands", () => {
    expect(parseArguments(COMMAND, ["-v"]).values).toEqual({ version: true });
    expect(parseArguments(COMMAND, ["--verbosity", "2"]).values).toEqual({ verbosity: "2" });
  });

  test("takes what follows -- as it is", () => {
    expect(parseArguments(COMMAND, ["--", "--help"]).positionals).toEqual(["--help"]);
  });
});

describe("parseArguments for another program", () => {
  const raw: Command = { ...COMMAND, takesRawArguments: true };

  test.each([
    [["-t", "x", "--ui"], {}, ["-t", "x", "--ui"]],
    [["--settings", "a.ts", "--ui"], { settings: "a.ts" }, ["--ui"]],
    [["--ui", "--settings=a=b.ts"], { settings: "a=b.ts" }, ["--ui"]],
    [["--", "--settings", "a.ts"], {}, ["--", "--settings", "a.ts"]],
  ])("leaves all but --settings alone: %j", (args, values, positionals) => {
    expect(parseArguments(raw, args)).toEqual({ values, positionals });
  });

  test("needs a file after --settings", () => {
    expect(() => parseArguments(raw, ["--settings"])).toThrow("--settings takes a file.");
  });
});
