/**
 * TypeScript in the shell.
 *
 * Layer 10 (cli). Pure.
 */
import { stripTypeScriptTypes } from "node:module";

/** The code without its types. What is not (yet) complete stays as it is: whoever runs it says why. */
export function stripTypes(code: string): string {
  // Node warns once that this function is new; who types a line has not called it.
  const emitWarning: unknown = Reflect.get(process, "emitWarning");
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(code);
  } catch {
    return code;
  } finally {
    Reflect.set(process, "emitWarning", emitWarning);
  }
}
