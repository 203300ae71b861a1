/**
 * What one static file says of another: where it stands in the text, and which file is meant.
 *
 * Layer 4 (staticfiles). Pure. Source: Django contrib/staticfiles/storage.py (`url_converter`).
 */
import { posix } from "node:path";
import { quote, unquote } from "../utils/quote.ts";

/** A place in a text that names another file. */
export interface Reference {
  /** From where to where it is replaced. */
  readonly start: number;
  readonly end: number;
  readonly url: string;
  /** A source map is for developers: without one everything works. */
  readonly isSourceMap: boolean;
  /** What stands in its place for another URL. */
  readonly write: (url: string) => string;
}

/** The file that a reference means. */
export interface Target {
  /** Below STATIC_URL. It may begin with `../`, and then means nothing. */
  readonly path: string;
  /** The same URL for another name of that file. */
  readonly urlFor: (name: string) => string;
}

/**
 * What `url` means in the file `from`, where static files are at `base`. `undefined` for what is none of them: URLs of
 * other sites, data, fragments, folders, paths outside of `base`.
 */
export function resolveReference(url: string, from: string, base: string): Target | undefined {
  const [, before = "", suffix = ""] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  if (before === "" || before.endsWith("/") || before.includes("\\")) return undefined;
  const isAbsolute = before.startsWith(base);
  if (!isAbsolute && /^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(before)) return undefined;
  const path = isAbsolute
    ? unquote(before.slice(base.length))
    : posix.join(posix.dirname(from), unquote(before));
  const folder = before.slice(0, before.lastIndexOf("/") + 1);
  return {
    path: posix.normalize(path),
    urlFor: (name) => folder + quote(posix.basename(name), "~!*()'") + suffix,
  };
}

/** The text with each reference replaced for which there is another URL. */
export function replaceReferences(
  text: string,
  references: readonly Reference[],
  urlFor: (reference: Reference) => string | undefined,
): string {
  let result = "";
  let position = 0;
  for (const reference of references) {
    const url = urlFor(reference);
    if (url === undefined) continue;
    result += text.slice(position, reference.start) + reference.write(url);
    position = reference.end;
  }
  return result + text.slice(position);
}
