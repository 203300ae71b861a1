/**
 * The frames of an error's stack, as values.
 *
 * Layer 6 (views). Pure. Lines and columns count from 1. Source: V8's stack trace format.
 * What stands before the frames is not looked at: a message may hold lines that look like frames.
 */
import { fileURLToPath } from "node:url";
import { isOurs } from "../../utils/stack.ts";

/** Whose code a frame runs. `node` also holds what has no file: native code, `Promise.all`, `eval`. */
export type FrameKind = "project" | "framework" | "dependency" | "node";

export interface StackFrame {
  /** `""` for code outside of any function. */
  readonly functionName: string;
  /** A path, or what stands for one: `node:fs`, `<anonymous>`. */
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** How many characters from `column` on are wrong; only the parser says so. */
  readonly width?: number;
  readonly kind: FrameKind;
  /** Whether the function was waiting for the one above it. */
  readonly isAsync: boolean;
}

const MOST_FRAMES = 100;
const LONGEST_LINE = 2000;

const FRAME = /^ +at (?<isAsync>async )?(?:(?<name>.*?) \((?<place>.*)\)|(?<bare>.*))$/;
const PLACE = /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?$/;
/** What Node puts before the stack of a module that does not parse or link. */
const PARSER_PLACE =
  /^(?<file>(?:file:\/\/)?\/[^\n]+):(?<line>\d+)\n(?:[^\n]*\n){1,4}?(?<indent>[ \t]*)(?<marks>\^+)(?:\n|$)/;

/** From the innermost frame outwards; where the parser stopped comes first. */
export function parseStackFrames(error: Error): StackFrame[] {
  const stack = stackOf(error);
  const frames = belowMessage(stack, error)
    .split("\n")
    .filter((line) => line.length <= LONGEST_LINE)
    .flatMap((line) => parseFrame(line) ?? [])
    .slice(0, MOST_FRAMES);
  const broken = parserPlace(stack);
  return broken === undefined ? frames : [broken, ...frames];
}

/** Whose code the module at a path or URL is. */
export function frameKind(file: string): FrameKind {
  if (!isPath(file)) return "node";
  if (isOurs(file.startsWith("file:") ? file : `file://${encodeURI(file)}`)) return "framework";
  return file.includes("/node_modules/") ? "dependency" : "project";
}

/** A stack may be a getter that throws, or anything else. */
function stackOf(error: Error): string {
  try {
    return typeof error.stack === "string" ? error.stack : "";
  } catch {
    return "";
  }
}

/** The stack holds the message as it was when the error was made; frames of Node's own follow it. */
function belowMessage(stack: string, { message }: Error): string {
  const start = message === "" ? -1 : stack.indexOf(message);
  return start < 0 ? stack : stack.slice(start + message.length);
}

function parseFrame(line: string): StackFrame | undefined {
  const groups = FRAME.exec(line)?.groups;
  if (groups === undefined) return undefined;
  const text = groups.place ?? groups.bare ?? "";
  const place = PLACE.exec(text)?.groups;
  const file = toPath(place?.file ?? text);
  return {
    functionName: groups.name ?? "",
    file,
    line: toNumber(place?.line),
    column: toNumber(place?.column),
    kind: frameKind(file),
    isAsync: groups.isAsync !== undefined,
  };
}

function parserPlace(stack: string): StackFrame | undefined {
  const groups = PARSER_PLACE.exec(stack)?.groups;
  if (groups?.file === undefined) return undefined;
  const file = toPath(groups.file);
  return {
    functionName: "",
    file,
    line: toNumber(groups.line),
    column: (groups.indent?.length ?? 0) + 1,
    width: groups.marks?.length ?? 1,
    kind: frameKind(file),
    isAsync: false,
  };
}

/** ES modules have URLs in their frames, CommonJS modules have paths. */
function toPath(file: string): string {
  if (!file.startsWith("file:")) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}

function isPath(file: string): boolean {
  return /^(?:file:|\/|[A-Za-z]:[\\/])/.test(file);
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
