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

/** Templates are constants, and few. */
const pieces = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * A template: strings and numbers are escaped, lists are joined, `undefined` is nothing. The template's own
 * indentation is left out.
 */
export function markup(template: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const constant =
    pieces.get(template) ?? template.map((piece) => piece.replaceAll(/\n\s+/g, "\n"));
  pieces.set(template, constant);
  const text = constant.map(
    (piece, index) => (index === 0 ? "" : toHtml(values[index - 1])) + piece,
  );
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
