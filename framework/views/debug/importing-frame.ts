/**
 * The import that failed: Node names the module in which it stands, but not the line.
 *
 * Layer 6 (views). Reads the module. Source: Node's messages of ERR_MODULE_NOT_FOUND and ERR_UNSUPPORTED_DIR_IMPORT.
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { errorCode } from "../../utils/error-code.ts";
import { readLines } from "./source.ts";
import { frameKind, type StackFrame } from "./stack-frames.ts";

const MESSAGE = /^[^']*'(?<wanted>[^']+)'.* imported from (?<file>\S.*)$/s;

/** A frame at the first line of the importing module that names what was not found. */
export function importingFrame(error: Error): StackFrame | undefined {
  if (!/^ERR_(?:MODULE|PACKAGE|UNSUPPORTED_DIR)/.test(errorCode(error) ?? "")) return undefined;
  const { wanted, file } = MESSAGE.exec(error.message)?.groups ?? {};
  if (wanted === undefined || file === undefined) return undefined;
  return frameAt(file.startsWith("file:") ? fileURLToPath(file) : file, basename(wanted));
}

function frameAt(file: string, name: string): StackFrame | undefined {
  const lines = readLines(file) ?? [];
  const index = lines.findIndex(
    (line) => /\b(?:import|from|require)\b/.test(line) && line.includes(name),
  );
  if (index < 0) return undefined;
  const text = lines[index] ?? "";
  const start =
    Math.max(text.lastIndexOf('"', text.indexOf(name)), text.lastIndexOf("'", text.indexOf(name))) +
    1;
  const end = text.slice(start).search(/["']/);
  return {
    functionName: "",
    file,
    line: index + 1,
    column: start + 1,
    width: end < 0 ? 1 : end,
    kind: frameKind(file),
    isAsync: false,
  };
}
