/**
 * The part of the debug page about a template: its lines around the error, and how it came to be rendered.
 *
 * Layer 7 (views). Pure. Source: Django views/templates/technical_500.html (`template_info`).
 */
import { TemplateError, type TemplateLocation } from "../templates/errors.ts";
import { escapeHtml } from "../utils/html.ts";

/** HTML; empty for an error that no template is to blame for. */
export function templateFrameHtml(error: unknown): string {
  const lines = templateFrameText(error);
  if (lines === "") return "";
  return `<h2>Template</h2>\n<pre>${escapeHtml(lines)}</pre>\n`;
}

/** The same as plain text. */
export function templateFrameText(error: unknown): string {
  if (!(error instanceof TemplateError) || error.location === undefined) return "";
  const width = String(error.sourceLines.at(-1)?.number ?? 0).length;
  const source = error.sourceLines.map(({ number, text, isCurrent }) => {
    const line = `${isCurrent ? ">" : " "} ${String(number).padStart(width)} | ${text}`;
    if (!isCurrent) return line;
    return `${line}\n${" ".repeat(width + 4 + (error.column ?? 1))}^ ${error.problem}`;
  });
  const callers = error.chain.map((caller) => `${caller.how} ${placeOf(caller)}`);
  return [placeOf(error.location), ...source, ...callers].join("\n");
}

function placeOf({ templateName, file, line, column }: TemplateLocation): string {
  return `${file ?? templateName}:${line}:${column}`;
}
