/**
 * Every template of a site, checked without rendering: what does not parse, filters, tests and tags that do not exist,
 * names of URLs and templates that lead nowhere.
 *
 * Layer 5 (templates). Reads files. For `devserver check`.
 */
import { globSync } from "node:fs";
import { join, sep } from "node:path";
import type { Application } from "../conf/settings.ts";
import type { URLResolver } from "../urls/resolver.ts";
import { NoReverseMatch } from "../urls/reverse-index.ts";
import { errorMessage } from "../utils/describe.ts";
import type { Reference } from "./compilation.ts";
import { inspectSource } from "./compile.ts";
import { Templates } from "./engine.ts";
import type { TemplateSource } from "./errors.ts";
import { readText, type TemplateLoader } from "./loader.ts";
import { absoluteName } from "./rendering.ts";

/** Something wrong in a template. Line and column count from 1. */
export interface TemplateProblem {
  readonly templateName: string;
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What is wrong: the template itself, or a name in it that leads nowhere. */
  readonly kind: "syntax" | "template" | "url";
}

/** All problems, by file and place. Empty for an application with an engine of another make. */
export function inspectTemplates(
  app: Pick<Application, "resolver" | "templates">,
): readonly TemplateProblem[] {
  const { templates } = app;
  if (!(templates instanceof Templates)) return [];
  return sourcesIn(templates.loader).flatMap((source) => {
    const { errors, references } = inspectSource(source, templates.library);
    const wrong = references.flatMap((reference): TemplateProblem[] => {
      const message = problemOf(reference, source, app.resolver, templates.loader);
      if (message === undefined) return [];
      const { lineno, colno } = reference;
      const kind = reference.kind === "url" ? "url" : "template";
      return [{ ...placeIn(source, lineno + 1, colno + 1), message, kind }];
    });
    const broken = errors.map(({ problem: message, line = 1, column = 1 }): TemplateProblem =>
      Object.assign(placeIn(source, line, column), { message, kind: "syntax" as const }),
    );
    return [...broken, ...wrong].toSorted((a, b) => a.line - b.line || a.column - b.column);
  });
}

function placeIn(
  { name, file = "" }: TemplateSource,
  line: number,
  column: number,
): Pick<TemplateProblem, "column" | "file" | "line" | "templateName"> {
  return { templateName: name, file, line, column };
}

/** Also those that another of the same name hides. Hidden files, editors' copies and what is no text are passed over. */
function sourcesIn({ folders }: TemplateLoader): TemplateSource[] {
  return folders.flatMap((folder) =>
    globSync("**/*", { cwd: folder, exclude: (name) => name.startsWith(".") })
      .toSorted()
      .filter((path) => !/(?:^|[\\/])\.|~$/.test(path))
      .flatMap((path): TemplateSource[] => {
        const file = join(folder, path);
        const text = readText(file);
        const isText = text !== undefined && !text.includes("\0");
        return isText ? [{ name: path.split(sep).join("/"), file, text }] : [];
      }),
  );
}

function problemOf(
  { kind, name, isOptional }: Reference,
  source: TemplateSource,
  resolver: URLResolver,
  loader: TemplateLoader,
): string | undefined {
  if (isOptional) return undefined;
  if (kind === "url") return urlProblem(name, resolver);
  try {
    const wanted = absoluteName(name, source);
    return loader.has(wanted) ? undefined : `no template is named ${JSON.stringify(wanted)}`;
  } catch (error) {
    return errorMessage(error);
  }
}

/** Whether the parameters fit is only known when the template is rendered. */
function urlProblem(name: string, resolver: URLResolver): string | undefined {
  try {
    resolver.reverse(name);
  } catch (error) {
    if (!(error instanceof NoReverseMatch)) throw error;
    if (/ is not a (?:valid|registered) /.test(error.message)) return error.message;
  }
  return undefined;
}
