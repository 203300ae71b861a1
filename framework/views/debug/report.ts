/**
 * An error as a report: everything that its page shows, as plain values.
 *
 * Layer 6 (views). Reads source files. The three renderings (HTML, text, JSON) are made from it.
 */
import { relative, sep } from "node:path";
import { formatNamed, formatValue } from "./format-value.ts";
import { localsOf } from "./locals.ts";
import type { IsSecret } from "./mask.ts";
import { importingFrame } from "./importing-frame.ts";
import { readSource, type SourceLine } from "./source.ts";
import { type FrameKind, parseStackFrames, type StackFrame } from "./stack-frames.ts";
import { type TemplateReport, templateReport } from "./template-place.ts";
import { chainOf, isError, type Thrown } from "./thrown.ts";

/** A name and a value, as text. */
export type Row = readonly [name: string, value: string];

export interface FrameReport extends StackFrame {
  /** The file as a person names it: `polls/views.ts`. */
  readonly shownFile: string;
  /** `undefined` where it cannot be read. */
  readonly source: readonly SourceLine[] | undefined;
  /** Of the project's functions; `undefined` where they are not known. */
  readonly variables: readonly Row[] | undefined;
}

export interface ThrownReport extends Omit<Thrown, "value"> {
  readonly frames: readonly FrameReport[];
  readonly template: TemplateReport | undefined;
  /** Properties of its own, such as `errno`. */
  readonly details: readonly Row[];
}

/** A table of the page. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
  /** Instead of rows: why there are none. */
  readonly note?: string;
  /** Whether it is long, and therefore folded. */
  readonly isFolded?: boolean;
}

export interface ErrorReport {
  readonly status: number;
  /** `TypeError at /polls/`. */
  readonly title: string;
  /** The name of the error, or what its page is about. */
  readonly heading: string;
  /** `GET /polls/3/`; empty for a page that is about no request. */
  readonly subject: string;
  /** What was thrown comes first, then what led to it. */
  readonly thrown: readonly [ThrownReport, ...ThrownReport[]];
  /** The most important facts. */
  readonly facts: readonly Row[];
  readonly sections: readonly Section[];
  /** Why the page is seen. */
  readonly explanation: string;
  /** Why there are no variables. */
  readonly note?: string;
}

const MOST_VARIABLES = 60;
const KNOWN_PROPERTIES = new Set(["name", "message", "stack", "cause", "errors", "code"]);

/** The reports of an error and of everything that led to it. `root` is the folder that file names start from. */
export function reportThrown(
  error: unknown,
  root: string,
  isSecret: IsSecret,
): [ThrownReport, ...ThrownReport[]] {
  const [first, ...rest] = chainOf(error).map((thrown) => reportOne(thrown, root, isSecret));
  if (first === undefined) throw new Error("a chain of errors holds at least one");
  return [first, ...rest];
}

function reportOne({ value, ...thrown }: Thrown, root: string, isSecret: IsSecret): ThrownReport {
  const template = orElse(undefined, () => templateReport(value));
  const isPlain = template === undefined && !thrown.isRepeated;
  return {
    ...thrown,
    frames: thrown.isRepeated ? [] : orElse([], () => framesOf(value, root, isSecret)),
    template,
    details: isPlain ? orElse([], () => detailsOf(value, isSecret)) : [],
  };
}

/** An error may have getters that throw, and must have its page all the same. */
function orElse<Value>(fallback: Value, read: () => Value): Value {
  try {
    return read();
  } catch {
    return fallback;
  }
}

/** The frame to look at first: the innermost one of the project. */
export function mainFrame({ frames }: Pick<ThrownReport, "frames">): FrameReport | undefined {
  return frames.find(({ kind, line }) => kind === "project" && line !== undefined);
}

/** Which error, and where. */
export function errorFacts(thrown: ThrownReport): Row[] {
  const frame = mainFrame(thrown);
  const type: Row = ["Exception Type", thrown.name];
  if (frame === undefined) return [type];
  const name = frame.functionName === "" ? "" : `, in ${frame.functionName}`;
  return [type, ["Exception Location", placeOf(frame) + name]];
}

/** `polls/views.ts:3:9`. */
export function placeOf(frame: {
  readonly shownFile: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}): string {
  return [frame.shownFile, frame.line, frame.column].filter((part) => part !== undefined).join(":");
}

/** A file below `root` by its path from there, one of a package by the package's name. */
export function shownFile(file: string, root: string, kind: FrameKind): string {
  const path = file.split(sep).join("/");
  if (kind === "dependency") return path.slice(path.lastIndexOf("/node_modules/") + 14);
  if (kind === "framework")
    return `minorswing/${path.replace(/^.*\/(?=(?:framework|devserver)\/)/, "")}`;
  const fromRoot = relative(root, file);
  return kind !== "project" || fromRoot.startsWith("..") ? path : fromRoot.split(sep).join("/");
}

function framesOf(error: unknown, root: string, isSecret: IsSecret): FrameReport[] {
  if (!isError(error)) return [];
  const importing = importingFrame(error);
  const frames = parseStackFrames(error);
  const all = importing === undefined ? frames : [importing, ...frames];
  return all.map((frame) => reportFrame(error, frame, root, isSecret));
}

function reportFrame(
  error: unknown,
  frame: StackFrame,
  root: string,
  isSecret: IsSecret,
): FrameReport {
  return {
    ...frame,
    shownFile: shownFile(frame.file, root, frame.kind),
    source: frame.kind === "node" ? undefined : readSource(frame.file, frame.line),
    variables: frame.kind === "project" ? variablesOf(error, frame, isSecret) : undefined,
  };
}

function variablesOf(
  error: unknown,
  frame: StackFrame,
  isSecret: IsSecret,
): readonly Row[] | undefined {
  const variables = localsOf(error, frame);
  if (variables === undefined) return undefined;
  const rows = [...variables].map(([name, value]): Row => [
    name,
    formatNamed(name, value, isSecret),
  ]);
  if (rows.length <= MOST_VARIABLES) return rows;
  return [
    ...rows.slice(0, MOST_VARIABLES),
    ["…", `and ${rows.length - MOST_VARIABLES} more variables`],
  ];
}

function detailsOf(error: unknown, isSecret: IsSecret): Row[] {
  if (!isError(error)) {
    return typeof error === "object" && error !== null
      ? [["value", formatValue(error, isSecret)]]
      : [];
  }
  return Object.entries(Object.getOwnPropertyDescriptors(error))
    .filter(([key, { enumerable, value }]) => {
      return enumerable === true && value !== undefined && !KNOWN_PROPERTIES.has(key);
    })
    .map(([key, { value }]): Row => [key, formatNamed(key, value, isSecret)]);
}
