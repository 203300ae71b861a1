/**
 * HTML that cannot be forgotten to be escaped: `markup` escapes every value but other markup.
 *
 * Layer 6 (views). Pure.
 */
import { escapeHtml } from "../../utils/html.ts";

/** Text that is HTML already. Made by `markup` and by `trusted`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type MarkupValue = Markup | string | number | undefined | readonly MarkupValue[];

/** A template: strings and numbers are escaped, lists are joined, `undefined` is nothing. */
export function markup(pieces: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const text = pieces.map((piece, index) => (index === 0 ? "" : toHtml(values[index - 1])) + piece);
  return new Markup(text.join(""));
}

/** Takes `text` for HTML: for constants only. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function toHtml(value: MarkupValue): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return value.map(toHtml).join("");
}
