/**
 * Text from clients, made safe for a log: no client writes lines or terminal codes of its own.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`_control_char_table`), Django
 * core/servers/basehttp.py (`log_message`).
 */
const UNSAFE = /[\x00-\x1f\x7f-\x9f\\]/;
const NOT_ASCII = /[\xa0-\xff]/;

/** Controls as `\\xNN`; a backslash is doubled, so that nobody can fake one. */
export function escapeForLog(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f\\]/g, (character) =>
    character === "\\" ? "\\\\" : hex(character),
  );
}

/** As Django's server: also `\\xc3\\xa9`, since bytes do not say which letters they are. */
export function escapeBytesForLog(text: string): string {
  const safe = escapeForLog(text);
  return NOT_ASCII.test(safe) ? safe.replaceAll(/[\xa0-\xff]/g, hex) : safe;
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
