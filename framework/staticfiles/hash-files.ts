/**
 * Names with hashes for all files of a site, and stylesheets and scripts that refer to each other by these names.
 *
 * Layer 4 (staticfiles). Pure. Source: Django contrib/staticfiles/storage.py (`HashedFilesMixin.post_process`).
 * Errors: `MissingFileError`, unless it is not strict.
 * Differs from Django: files are taken in the order of their references, each once, instead of all in up to five
 * passes; files that refer to each other in a circle have hashes of what they are together, instead of an error.
 */
import { FrameworkError } from "../exceptions.ts";
import { cssReferences } from "./css-references.ts";
import { contentHash, hashedName } from "./hashed-name.ts";
import { jsReferences } from "./js-references.ts";
import { referenceOrder } from "./reference-order.ts";
import { type Reference, replaceReferences, resolveReference, type Target } from "./references.ts";

/** A static file refers to one that is not there. */
export class MissingFileError extends FrameworkError {
  override readonly name = "MissingFileError";
  readonly code = "staticfiles.missing_file";
}

export interface FilesToHash {
  /** Stylesheets and scripts, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** The hashes of all other files, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Where static files are, as pages write it: `"/static/"`. */
  readonly base: string;
  /** Whether a reference to what is not there is an error. */
  readonly strict: boolean;
  /** Is told of every reference that stays as it is because nothing is there. */
  readonly onMissing?: (message: string) => void;
}

export interface HashedFiles {
  /** From plain names to names with a hash. */
  readonly names: ReadonlyMap<string, string>;
  /** What stands in the stylesheets and scripts now, by their plain names. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Whether a file can refer to others in a way that is known here. */
export function isAdjustable(path: string): boolean {
  return /\.(?:css|m?js)$/i.test(path);
}

export function hashFiles(files: FilesToHash): HashedFiles {
  const found = new Map([...files.texts].map(([path, text]) => [path, linksIn(path, text, files)]));
  const graph = new Map([...found].map(([path, links]) => [path, links.map(({ to }) => to.path)]));
  const names = new Map([...files.hashes].map(([path, hash]) => [path, hashedName(path, hash)]));
  const texts = new Map<string, string>();
  const rewrite = (path: string): string => {
    const urls = new Map(found.get(path)?.map(({ at, to }) => [at, urlOf(to, names)]));
    return replaceReferences(files.texts.get(path) ?? "", [...urls.keys()], (at) => urls.get(at));
  };
  for (const group of referenceOrder(graph)) {
    // What a circle refers to outside of it has its name by now; what is in it counts as it was written.
    const contents = group.map((path) => [path, rewrite(path)] as const);
    const together = isCircle(group, graph) ? JSON.stringify(contents) : "";
    for (const [path, content] of contents)
      names.set(path, hashedName(path, contentHash(together + content)));
    for (const path of group) texts.set(path, rewrite(path));
  }
  return { names, texts };
}

/** A reference to a file that is there. */
interface Link {
  readonly at: Reference;
  readonly to: Target;
}

function linksIn(path: string, text: string, files: FilesToHash): Link[] {
  const references = /\.css$/i.test(path) ? cssReferences(text) : jsReferences(text);
  return references.flatMap((at) => {
    const to = resolveReference(at.url, path, files.base);
    if (to === undefined) return [];
    if (files.texts.has(to.path) || files.hashes.has(to.path)) return [{ at, to }];
    const line = text.slice(0, at.start).split("\n").length;
    const message = missing(path, line, at.url, to.path);
    if (files.strict && !at.isSourceMap) throw new MissingFileError(message);
    files.onMissing?.(message);
    return [];
  });
}

/** WhiteNoise's words, and the line. */
function missing(path: string, line: number, url: string, target: string): string {
  const kind = /\.css$/i.test(path) ? "CSS" : "JavaScript";
  return (
    `The file '${target}' could not be found.\n\n` +
    `The ${kind} file '${path}' references a file which could not be found (line ${line}):\n  ${url}\n\n` +
    `Please check the URL references in this ${kind} file, particularly any relative paths which might be pointing to the wrong location.`
  );
}

/** `undefined` while the file has no name with a hash. */
function urlOf(target: Target, names: ReadonlyMap<string, string>): string | undefined {
  const name = names.get(target.path);
  return name === undefined ? undefined : target.urlFor(name);
}

function isCircle(
  group: readonly string[],
  graph: ReadonlyMap<string, readonly string[]>,
): boolean {
  const [first = ""] = group;
  return group.length > 1 || (graph.get(first)?.includes(first) ?? false);
}
