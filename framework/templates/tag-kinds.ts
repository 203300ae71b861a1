/**
 * Tags of a project: functions that become `{% name argument key=argument %}`.
 *
 * Layer 6 (templates). Source: Django template/library.py (`simple_tag`, `simple_block_tag`, `inclusion_tag`).
 * Differs from Django: every function is given the context first; arguments with names come last, as one object.
 */
import type { TagContext, TemplateContext, TemplateTag } from "../conf/template-engine.ts";
import type { SafeString } from "../utils/safe-string.ts";

/**
 * A tag that writes what `run` returns, escaped unless it is marked as safe, or keeps it: `{% name … as variable %}`.
 *
 * @example tags: { greet: simpleTag((_context, name: string) => `Hello, ${name}`) }
 */
export function simpleTag<Args extends readonly unknown[]>(
  run: (context: TagContext, ...args: Args) => unknown,
): TemplateTag {
  return { kind: "simple", run };
}

/** A tag with an end: `run` is also given what stands between `{% name %}` and `{% endname %}`, rendered. */
export function simpleBlockTag<Args extends readonly unknown[]>(
  run: (context: TagContext, content: SafeString, ...args: Args) => unknown,
): TemplateTag {
  return { kind: "block", run };
}

/** A tag that renders the template `template` with the context that `run` returns. */
export function inclusionTag<Args extends readonly unknown[]>(
  template: string,
  run: (context: TagContext, ...args: Args) => TemplateContext,
): TemplateTag {
  return { kind: "inclusion", run, template };
}
