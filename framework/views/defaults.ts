/**
 * The pages for errors when DEBUG is off: a title, a sentence, and no detail at all.
 *
 * Layer 6 (views). Pure. Source: Django views/defaults.py; its texts.
 */
import { HttpResponse, reasonPhrase } from "../http/response.ts";

const SENTENCES: ReadonlyMap<number, string> = new Map<number, string>([
  [404, "The requested resource was not found on this server."],
  [413, "The request body is larger than this site accepts."],
]);

const TITLES: ReadonlyMap<number, string> = new Map<number, string>([
  [400, "Bad Request (400)"],
  [403, "403 Forbidden"],
  [404, "Not Found"],
  [500, "Server Error (500)"],
]);

/** The page for an error status. */
export function errorPage(status: number): HttpResponse {
  const title = TITLES.get(status) ?? reasonPhrase(status);
  const sentence = SENTENCES.get(status) ?? "";
  return new HttpResponse(
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n  <title>${title}</title>\n</head>\n<body>\n` +
      `  <h1>${title}</h1><p>${sentence}</p>\n</body>\n</html>\n`,
    { status },
  );
}
