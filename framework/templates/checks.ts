/**
 * System checks of a site's templates: all of them are parsed, none is rendered.
 *
 * Layer 5 (templates). Reads files. Ids are ours: Django has no such checks.
 */
import { type CheckMessage, ErrorMessage } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { Application } from "../conf/settings.ts";
import { inspectTemplates, type TemplateProblem } from "./inspect.ts";

/** What the checks look at. Every `Application` is one. */
export type TemplateCheckSubject = Pick<Application, "resolver" | "templates">;

export const templateChecks: readonly Check<TemplateCheckSubject>[] = [
  { name: "checkTemplates", tags: ["templates"], run: checkTemplates },
];

const IDS: Readonly<Record<TemplateProblem["kind"], string>> = {
  syntax: "templates.E101",
  template: "templates.E102",
  url: "templates.E103",
};

/** E101: does not parse, or has an unknown tag, filter or test. E102: an unknown template. E103: an unknown URL name. */
export function checkTemplates(subject: TemplateCheckSubject): CheckMessage[] {
  return inspectTemplates(subject).map(
    ({ file, line, column, kind, message }) =>
      new ErrorMessage(message, { obj: `${file}:${line}:${column}`, id: IDS[kind] }),
  );
}
