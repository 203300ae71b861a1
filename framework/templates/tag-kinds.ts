/**
 * Tags of a project: functions that become `{% name argument key=argument %}`.
 *
 * Layer 5 (templates). Source: Django template/library.py (`simple_tag`, `simple_block_tag`, `inclusion_tag`).
 * Differs from Django: every function is given the context first; arguments with names come last, as one object.
 */
import type {
  BlockTagFunction,
  InclusionTagFunction,
  TagFunction,
  TemplateTag,
} from "../conf/template-engine.ts";

/**
 * A tag that writes what `run` returns, escaped unless it is marked as safe, or keeps it: `{% name … as variable %}`.
 *
 * @example tags: { greet: simpleTag((_context, name: string) => `Hello, ${name}`) }
 */
export function simpleTag(run: TagFunction): TemplateTag {
  return { kind: "simple", run };
}

/** A tag with an end: `run` is also given what stands between `{% name %}` and `{% endname %}`, rendered. */
export function simpleBlockTag(run: BlockTagFunction): TemplateTag {
  return { kind: "block", run };
}

/** A tag that renders the template `template` with the context that `run` returns. */
export function inclusionTag(template: string, run: InclusionTagFunction): TemplateTag {
  return { kind: "inclusion", run, template };
}
