/**
 * Text from clients, made safe for a log: no client writes lines or terminal codes of its own.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`_control_char_table`).
 */
export function escapeForLog(text: string): string {
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f\\]/g, (character) =>
    character === "\\" ? "\\\\" : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
