/**
 * Stack traces for the person who wrote the project.
 *
 * Layer 0. Pure. Frames of Node and of this package are left out, because the mistake is hardly ever there;
 * where nothing else would be left, everything stays.
 */
import { errorMessage } from "./describe.ts";

const PACKAGE = new URL("../..", import.meta.url).href;
const OURS = [`${PACKAGE}framework/`, `${PACKAGE}devserver/`];

/** The stack of an error and of every error that caused it. */
export function formatError(error: unknown): string {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  let current = error;
  do {
    seen.add(current);
    texts.push(formatOne(current));
    current = current instanceof Error ? current.cause : undefined;
  } while (current !== undefined && !seen.has(current));
  return texts.join("\n\nThe cause:\n\n");
}

/** `/path/urls.ts:16`: the first place in the project that the stack names; `undefined` when it names none. */
export function errorLocation(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // ES modules have URLs in their frames, CommonJS modules have paths.
  const places = (error.stack ?? "").matchAll(/(?<=^|[\s(])(?:file:\/\/)?\/[^\s():]+:\d+/gm);
  const own = places
    .map(([place]) => (place.startsWith("file://") ? place : `file://${encodeURI(place)}`))
    .find((place) => !isOurs(place) && !place.includes("/node_modules/"));
  return own === undefined ? undefined : decodeURI(own.slice("file://".length));
}

function formatOne(error: unknown): string {
  if (!(error instanceof Error)) return `Thrown ${typeof error}: ${errorMessage(error)}`;
  // Not every stack starts with the message, and a wrapper's own frames say nothing that its cause does not.
  const heading = `${error.name}: ${error.message}`;
  const lines = (error.stack ?? heading).split("\n");
  const kept = lines.filter((line) => !isFrame(line) || !isForeign(line));
  if (kept.some(isFrame) || error.cause !== undefined) return kept.join("\n");
  return kept.length === lines.length || isSyntaxError(error) ? kept.join("\n") : lines.join("\n");
}

/** Its stack shows the source; the frames below are those of the module loader. */
function isSyntaxError(error: Error): boolean {
  return error instanceof SyntaxError;
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

function isForeign(line: string): boolean {
  return /\(?node:[a-z_/]+:\d+/.test(line) || isOurs(line);
}

/** Whether a line of a stack, or the URL of a module, is of this package. */
export function isOurs(text: string): boolean {
  return OURS.some((folder) => text.includes(folder));
}
