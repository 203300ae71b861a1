/**
 * The list of what is in a folder, as a page.
 *
 * Layer 4 (staticfiles). Source: Django views/static.py (`directory_index`, its titles and order of entries).
 * Differs from Django: names are sorted; no template overrides the page.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "../utils/html.ts";
import { quote } from "../utils/quote.ts";
import { kindAt } from "./static-path.ts";

/** `path` is the folder's below the served one: `""`, or with a slash at its end. */
export function formatDirectoryIndex(folder: string, path: string, dotFiles: boolean): string {
  const names = readdirSync(folder)
    .filter((name) => dotFiles || !name.startsWith("."))
    .toSorted()
    .map((name) => (kindAt(join(folder, name)) === "folder" ? `${name}/` : name));
  const title = escapeHtml(`Index of ${path === "" ? "/" : path}`);
  const entries = (path === "" ? names : ["../", ...names]).map(
    (name) => `      <li><a href="${linkTo(name)}">${escapeHtml(name)}</a></li>\n`,
  );
  return (
    `<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n` +
    `    <meta name="robots" content="NONE,NOARCHIVE">\n    <title>${title}</title>\n  </head>\n` +
    `  <body>\n    <h1>${title}</h1>\n    <ul>\n${entries.join("")}    </ul>\n  </body>\n</html>\n`
  );
}

/** `./` in front, so that a name with a colon is no scheme. */
function linkTo(name: string): string {
  return name === "../" ? name : escapeHtml(`./${quote(name, "/")}`);
}
