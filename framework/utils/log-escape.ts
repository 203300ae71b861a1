/**
 * Text from clients, made safe for a log: nobody writes lines or terminal codes of their own.
 *
 * Layer 0. Pure. Source: Django utils/log.py (`log_response`), which has Python's `unicode_escape` for it: `\xe9`, `\u266b`.
 */
const UNSAFE = /[\\\u{0}-\u{1f}\u{7f}-\u{10ffff}]/u;
const ALL_UNSAFE = /[\\\u{0}-\u{1f}\u{7f}-\u{10ffff}]/gu;
const NAMED: ReadonlyMap<string, string> = new Map<string, string>([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** As Python's `unicode_escape`: plain ASCII stays, everything else is written as an escape. */
export function escapeUnicode(text: string): string {
  return UNSAFE.test(text) ? text.replaceAll(ALL_UNSAFE, escapeOne) : text;
}

function escapeOne(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const [letter, width] = code > 0xff_ff ? ["U", 8] : code > 0xff ? ["u", 4] : ["x", 2];
  return NAMED.get(character) ?? `\\${letter}${code.toString(16).padStart(width, "0")}`;
}
