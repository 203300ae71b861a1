/**
 * The page that lists a folder.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`list_directory`): order, marks and markup.
 */
import { escapeHtml } from "./escape-html.ts";

export interface ListedEntry {
  readonly name: string;
  /** A folder, or a link to one. */
  readonly isDirectory: boolean;
  readonly isSymbolicLink: boolean;
}

/** `shownPath` is the decoded path of the folder, as the title shows it. */
export function formatListing(shownPath: string, entries: readonly ListedEntry[]): Buffer {
  const title = `Directory listing for ${escapeHtml(shownPath)}`;
  const lines = entries.toSorted(byName).map(formatEntry);
  return Buffer.from(
    `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n` +
      `<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${lines.join("")}</ul>\n<hr>\n</body>\n</html>\n`,
  );
}

/** Without regard to case, by code point: the same on every machine. */
function byName(a: ListedEntry, b: ListedEntry): number {
  const [left, right] = [a.name.toLowerCase(), b.name.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A folder ends in a slash; a link ends in an at sign, and still leads to where it points. */
function formatEntry({ name, isDirectory, isSymbolicLink }: ListedEntry): string {
  const slash = isDirectory ? "/" : "";
  const label = isSymbolicLink ? `${name}@` : name + slash;
  return `<li><a href="${quotePath(name)}${slash}">${escapeHtml(label)}</a></li>\n`;
}

/** As Python's `urllib.parse.quote`: letters, digits and `_.-~` stay; a name with a colon must not look like a scheme. */
export function quotePath(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
