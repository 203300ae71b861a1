/**
 * Text that is HTML already, and must not be escaped again.
 *
 * Layer 0. Pure. Source: Django utils/safestring.py, utils/html.py (`conditional_escape`, `format_html`).
 * Differs from Django: a SafeString is an object; what is made from it (`+`, `toUpperCase()`) is plain text again.
 */
import { escapeHtml } from "./html.ts";

/** Works like a string wherever text is wanted. Made by `markSafe`. */
export class SafeString extends String {}

/** Says that `text` is HTML: templates write it as it is. */
export function markSafe(text: string | SafeString): SafeString {
  return text instanceof SafeString ? text : new SafeString(text);
}

/** True for strings and safe strings. */
export function isText(value: unknown): value is string | SafeString {
  return typeof value === "string" || value instanceof SafeString;
}

/** A value as text, not escaped. `null` and `undefined` are nothing. */
export function toText(value: unknown): string {
  // oxlint-disable-next-line typescript/no-base-to-string -- what an object says of itself is what is wanted
  return value === null || value === undefined ? "" : String(value);
}

/** Escapes what is not marked as safe; an object with a method `__html__` says what it is as HTML. `null` and `undefined` are nothing. */
export function conditionalEscape(value: unknown): string {
  if (value instanceof SafeString) return value.toString();
  if (typeof value === "number") return String(value);
  return hasHtml(value) ? value.__html__() : escapeHtml(toText(value));
}

/** A function, which no data from outside can be. */
function hasHtml(value: unknown): value is { __html__(): string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "__html__" in value &&
    typeof value.__html__ === "function"
  );
}

/** HTML with values in it that are escaped: ``formatHtml`<b>${name}</b>` ``. */
export function formatHtml(parts: TemplateStringsArray, ...values: readonly unknown[]): SafeString {
  const escaped = values.map(conditionalEscape);
  return new SafeString(String.raw({ raw: parts }, ...escaped));
}
