/**
 * Where in a template an error happened, as far as the error says.
 *
 * Layer 6 (views). Pure. Knows an error of the template engine by its shape, so that any engine can have such pages.
 * Source: Django views/debug.py (`template_info`, `postmortem`).
 */
import type { SourceLine } from "./source.ts";

export interface TemplatePlace {
  readonly templateName: string;
  /** `undefined` for a template made from a string. */
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
}

export interface TemplateReport {
  readonly place: TemplatePlace | undefined;
  readonly lines: readonly SourceLine[];
  /** What is wrong, without the place. */
  readonly problem: string;
  /** How the template came to be rendered, from the nearest place outwards: `included by …`. */
  readonly callers: readonly (TemplatePlace & { readonly how: string })[];
  /** The files that were looked for, of a template that does not exist. */
  readonly tried: readonly string[];
}

/** `undefined` for an error that no template is to blame for. */
export function templateReport(error: unknown): TemplateReport | undefined {
  if (!(error instanceof Error) || !("templateName" in error)) return undefined;
  const place = toPlace(property(error, "location"));
  const tried = listOf(property(error, "tried")).filter((file) => typeof file === "string");
  if (place === undefined && tried.length === 0) return undefined;
  const problem = property(error, "problem");
  return {
    place,
    lines: listOf(property(error, "sourceLines")).flatMap((line) => toLine(line) ?? []),
    problem: typeof problem === "string" ? problem : error.message,
    callers: listOf(property(error, "chain")).flatMap((caller) => toCaller(caller) ?? []),
    tried,
  };
}

function toPlace(value: unknown): TemplatePlace | undefined {
  const templateName = property(value, "templateName");
  const file = property(value, "file");
  const line = property(value, "line");
  const column = property(value, "column");
  if (typeof templateName !== "string" || typeof line !== "number") return undefined;
  return {
    templateName,
    file: typeof file === "string" ? file : undefined,
    line,
    column: typeof column === "number" ? column : 1,
  };
}

function toCaller(value: unknown): TemplateReport["callers"][number] | undefined {
  const place = toPlace(value);
  const how = property(value, "how");
  return place === undefined || typeof how !== "string" ? undefined : { ...place, how };
}

function toLine(value: unknown): SourceLine | undefined {
  const number = property(value, "number");
  const text = property(value, "text");
  if (typeof number !== "number" || typeof text !== "string") return undefined;
  return { number, text, isCurrent: property(value, "isCurrent") === true };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
