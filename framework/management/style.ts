/**
 * Colours by meaning, as Django's `self.style.SUCCESS(text)`.
 *
 * Layer 9 (management). Pure. Source: Django core/management/color.py; https://no-color.org; Node's FORCE_COLOR.
 */
import { styleText } from "node:util";

export interface Style {
  error(text: string): string;
  warning(text: string): string;
  notice(text: string): string;
  success(text: string): string;
  /** A heading in a list. */
  heading(text: string): string;
}

type Format = Parameters<typeof styleText>[0];

/** A style that writes colours, or one that leaves texts as they are. */
export function createStyle(withColours: boolean): Style {
  const paint = (format: Format) => (text: string) =>
    withColours ? styleText(format, text, { validateStream: false }) : text;
  return {
    error: paint(["bold", "red"]),
    warning: paint("yellow"),
    notice: paint("cyan"),
    success: paint("green"),
    heading: paint("bold"),
  };
}

/** Options and environment decide, in this order; otherwise colours are for terminals. */
export function wantsColours(
  output: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
  choice?: boolean,
): boolean {
  if (choice !== undefined) return choice;
  const { FORCE_COLOR, NO_COLOR = "", TERM } = env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return NO_COLOR === "" && TERM !== "dumb" && output.isTTY === true;
}
