/**
 * Entity tags of pages that carry the script: they name the site's state, too, so that no browser takes a page of an
 * older state for the current one.
 *
 * Layer 4 (livereload). Pure. Source: RFC 9110 sections 8.8.3 and 13.1.
 */

const MARKED = /((?:W\/)?"[^"]*?);live=([^";]*)"/g;

/** `"abc"` → `"abc;live=7.0"`. What is no entity tag stays as it is. */
export function markEntityTag(tag: string, state: string): string {
  return /^(?:W\/)?"[^"]*"$/.test(tag) ? `${tag.slice(0, -1)};live=${state}"` : tag;
}

/** The header as the application knows its tags: those of `state`, or with `undefined` all, lose their mark. */
export function unmarkEntityTags(header: string, state: string | undefined): string {
  return header.replaceAll(MARKED, (marked, tag: string, of: string) =>
    state === undefined || of === state ? `${tag}"` : marked,
  );
}
