/**
 * TypeScript in the shell.
 *
 * Layer 10 (cli). Pure.
 */
import { stripTypeScriptTypes } from "node:module";

/** The code without its types. What is not (yet) complete stays as it is: whoever runs it says why. */
export function stripTypes(code: string): string {
  const { emitWarning } = process;
  // Node warns once that this function is new; who types a line has not called it.
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(code);
  } catch {
    return code;
  } finally {
    process.emitWarning = emitWarning;
  }
}
