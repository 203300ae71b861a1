/**
 * Text from clients, made safe for a log: no client writes lines or terminal codes of its own.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`_control_char_table`).
 */
const UNSAFE = /[\x00-\x1f\x7f-\x9f\\]/;

/** Controls as `\\xNN`; a backslash is doubled, so that nobody can fake one. */
export function escapeForLog(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f\\]/g, (character) =>
    character === "\\" ? "\\\\" : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
