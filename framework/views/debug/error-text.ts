/**
 * The report of an error as plain text: for curl, for scripts, and for copying.
 *
 * Layer 6 (views). Pure. Source: Django views/templates/technical_500.txt.
 */
import {
  type ErrorReport,
  type FrameReport,
  mainFrame,
  placeOf,
  type Section,
  type ThrownReport,
} from "./report.ts";
import type { SourceLine } from "./source.ts";
import type { TemplateReport } from "./template-place.ts";

const WHOSE = {
  framework: "minorswing",
  dependency: "node_modules",
  node: "Node.js",
  project: "",
} as const;

export function errorText(report: ErrorReport): string {
  const parts = [
    [report.title, report.thrown[0].message].join("\n"),
    report.facts.map(([name, value]) => `${name}: ${value}`).join("\n"),
    ...report.thrown.map(thrownText),
    // META has the headers too.
    ...report.sections.filter(({ id }) => id !== "headers").map(sectionText),
    report.explanation,
  ];
  return escapeControls(`${parts.filter((part) => part !== "").join("\n\n")}\n`);
}

/** A terminal must not obey what a client has sent: control characters but tab and line feed are written as escapes. */
export function escapeControls(text: string): string {
  return text.replaceAll(
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

function thrownText(thrown: ThrownReport): string {
  const { name, code, message, relation, isRepeated, template } = thrown;
  const heading =
    relation === ""
      ? "Traceback (innermost call first):"
      : `${capitalised(relation)}: ${name}${code && ` [${code}]`}: ${message}`;
  if (isRepeated)
    return `Cycle in the chain of errors: ${relation} ${name}: ${message}, which is shown above.`;
  const lines = [
    heading,
    ...thrown.details.map(([key, value]) => `  ${key}: ${indent(value, 2)}`),
    ...(template === undefined ? [] : templateLines(template)),
    ...frameLines(thrown),
  ];
  return lines.join("\n");
}

function frameLines(thrown: ThrownReport): string[] {
  const main = mainFrame(thrown);
  const lines: string[] = [];
  for (const [index, frame] of thrown.frames.entries()) {
    const before = thrown.frames[index - 1];
    if (frame.kind === "project") lines.push(...projectFrameLines(frame, frame === main));
    else if (before?.kind !== frame.kind) lines.push(foreignLine(thrown.frames.slice(index)));
  }
  return lines;
}

/** Frames of somebody else's code are counted, not listed, save the place where it was called. */
function foreignLine(frames: readonly FrameReport[]): string {
  const [first] = frames;
  if (first === undefined) return "";
  const end = frames.findIndex(({ kind }) => kind !== first.kind);
  const count = end < 0 ? frames.length : end;
  const called = frames[count - 1] ?? first;
  const more = count === 1 ? "" : ` and ${count - 1} more`;
  return `  (${WHOSE[first.kind]}: ${called.functionName || placeOf(called)}${more})`;
}

function projectFrameLines(frame: FrameReport, withSource: boolean): string[] {
  const lines = [`  ${locationText(frame)}`];
  if (withSource) lines.push(...sourceLines(frame));
  for (const [name, value] of frame.variables ?? [])
    lines.push(`      ${name} = ${indent(value, 6)}`);
  return lines;
}

function sourceLines({ source, column }: FrameReport): string[] {
  if (source === undefined) return ["      <source code not available>"];
  return numbered(source, column, "");
}

function templateLines({ place, lines, problem, callers, tried }: TemplateReport): string[] {
  const found =
    place === undefined
      ? []
      : [
          `  in template ${place.file ?? place.templateName}:${place.line}:${place.column}`,
          ...numbered(lines, place.column, problem),
        ];
  return [
    ...found,
    ...callers.map(
      (caller) =>
        `  ${caller.how} ${caller.file ?? caller.templateName}:${caller.line}:${caller.column}`,
    ),
    ...tried.map((file) => `  tried ${file}: there is no such file`),
  ];
}

function numbered(
  lines: readonly SourceLine[],
  column: number | undefined,
  problem: string,
): string[] {
  const width = String(lines.at(-1)?.number ?? 0).length;
  return lines.flatMap(({ number, text, isCurrent }) => {
    const line =
      `    ${isCurrent ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd();
    if (!isCurrent || column === undefined) return [line];
    return [line, `${" ".repeat(width + 8 + column)}^ ${problem}`.trimEnd()];
  });
}

function sectionText({ title, rows, note }: Section): string {
  if (note !== undefined) return `${title}: ${note}`;
  if (rows.length === 0) return `${title}: none`;
  return [`${title}:`, ...rows.map(([name, value]) => `  ${name} = ${indent(value, 2)}`)].join(
    "\n",
  );
}

function locationText(frame: FrameReport): string {
  const name = frame.functionName === "" ? "" : `, in ${frame.functionName}`;
  return `${placeOf(frame)}${name}${frame.isAsync ? " (async)" : ""}`;
}

function indent(text: string, columns: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(columns + 2)}`);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
