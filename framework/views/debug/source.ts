/**
 * The lines of a source file around a place.
 *
 * Layer 6 (views). Effects: reads files, of programs and templates only, whatever a stack may name. Type stripping
 * keeps positions, so the lines of a `.ts` file are the right ones.
 */
import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";

export interface SourceLine {
  readonly number: number;
  readonly text: string;
  readonly isCurrent: boolean;
}

/** As in Django: 7 before and 7 after. */
const AROUND = 7;
const LARGEST_FILE = 4 * 1024 * 1024;
const LONGEST_LINE = 500;
const PROGRAMS = new Set([".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"]);

/** The lines around `line`; `undefined` where there is no such file or line. */
export function readSource(file: string, line: number | undefined): SourceLine[] | undefined {
  const lines = line === undefined ? undefined : readLines(file);
  if (line === undefined || lines === undefined || line > lines.length) return undefined;
  const first = Math.max(0, line - 1 - AROUND);
  return lines.slice(first, line + AROUND).map((text, index) => ({
    number: first + index + 1,
    text: text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text,
    isCurrent: first + index + 1 === line,
  }));
}

/** All lines of a program; `undefined` for anything else. */
export function readLines(file: string): string[] | undefined {
  if (!PROGRAMS.has(extname(file))) return undefined;
  try {
    if (statSync(file).size > LARGEST_FILE) return undefined;
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return undefined;
  }
}
