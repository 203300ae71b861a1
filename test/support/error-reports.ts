/**
 * Reports of errors that are the same on every machine, for the goldens of error pages.
 */
import type { ErrorReport, FrameReport } from "../../framework/views/debug/report.ts";
import { templateReport } from "../../framework/views/debug/template-place.ts";

/** Looks as an error of the template engine does. */
export const TEMPLATE_ERROR: Error = Object.assign(
  new Error('detail.html:2:8: there is no "titel"'),
  {
    templateName: "tunes/detail.html",
    problem: 'there is no "titel"',
    location: {
      templateName: "tunes/detail.html",
      file: "/site/tunes/detail.html",
      line: 2,
      column: 8,
    },
    sourceLines: [
      { number: 1, text: "{% block content %}", isCurrent: false },
      { number: 2, text: "  <h1>{{ titel }}</h1>", isCurrent: true },
    ],
    chain: [{ how: "included by", templateName: "base.html", file: undefined, line: 7, column: 1 }],
  },
);

/** A report in which every text is `word`, or holds it. */
export function reportWith(word: string): ErrorReport {
  const own: FrameReport = {
    functionName: word,
    file: `/site/${word}.ts`,
    shownFile: `${word}.ts`,
    line: 3,
    column: 10,
    kind: "project",
    isAsync: true,
    source: [
      { number: 2, text: `  const tune = "${word}";`, isCurrent: false },
      { number: 3, text: `  return ${word}(tune);`, isCurrent: true },
    ],
    variables: [[word, word]],
  };
  const foreign: FrameReport = {
    ...own,
    file: `/site/node_modules/${word}/index.js`,
    kind: "dependency",
    source: undefined,
    variables: undefined,
  };
  const node: FrameReport = { ...foreign, file: "node:fs", shownFile: "node:fs", kind: "node" };
  const thrown = {
    name: word,
    code: word,
    message: word,
    relation: "",
    isRepeated: false,
    frames: [own, foreign, node],
    template: undefined,
    details: [[word, word] as const],
  };
  const template = templateReport(
    Object.assign(new Error(word), {
      templateName: word,
      problem: word,
      location: { templateName: word, file: word, line: 1, column: 1 },
      sourceLines: [{ number: 1, text: word, isCurrent: true }],
      chain: [{ how: word, templateName: word, line: 1, column: 1 }],
      tried: [word],
    }),
  );
  return {
    status: 500,
    title: `${word} at /`,
    heading: word,
    subject: `GET /${word}`,
    thrown: [
      thrown,
      { ...thrown, relation: "caused by", template },
      { ...thrown, relation: "caused by", isRepeated: true, frames: [] },
    ],
    facts: [[word, word]],
    sections: [
      { id: "get", title: "GET", rows: [[word, word]] },
      { id: "post", title: "POST", rows: [], note: word },
      { id: "settings", title: "Settings", rows: [], isFolded: true },
    ],
    explanation: "You see this page because DEBUG is true.",
  };
}
