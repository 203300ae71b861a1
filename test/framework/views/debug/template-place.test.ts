import { describe, expect, test } from "vitest";
import { templateReport } from "../../../../framework/views/debug/template-place.ts";
import { TEMPLATE_ERROR } from "../../../support/error-reports.ts";

describe("templateReport", () => {
  test("takes the place, the lines and the way there from what the error says", () => {
    expect(templateReport(TEMPLATE_ERROR)).toEqual({
      place: {
        templateName: "tunes/detail.html",
        file: "/site/tunes/detail.html",
        line: 2,
        column: 8,
      },
      lines: [
        { number: 1, text: "{% block content %}", isCurrent: false },
        { number: 2, text: "  <h1>{{ titel }}</h1>", isCurrent: true },
      ],
      problem: 'there is no "titel"',
      callers: [
        { how: "included by", templateName: "base.html", file: undefined, line: 7, column: 1 },
      ],
      tried: [],
    });
  });

  test("takes the files that were looked for", () => {
    const error = Object.assign(new Error("no template"), {
      templateName: "a.html",
      tried: ["/site/templates/a.html", 7],
    });

    expect(templateReport(error)).toMatchObject({
      place: undefined,
      tried: ["/site/templates/a.html"],
    });
  });

  test.each<[what: string, error: unknown]>([
    ["another error", new Error("boom")],
    ["no error", { templateName: "a.html", tried: ["b"] }],
    [
      "an error with odd properties",
      Object.assign(new Error("x"), { templateName: 1, location: 2 }),
    ],
  ])("is nothing for %s", (_what, error) => {
    expect(templateReport(error)).toBeUndefined();
  });
});
