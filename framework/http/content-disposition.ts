/**
 * `Content-Disposition`: whether a file is shown or saved, and under which name.
 *
 * Layer 2 (http). Pure. Source: RFC 6266; RFC 8187 (the successor of RFC 5987); Django utils/http.py
 * (`content_disposition_header`).
 */
import { quote } from "../utils/quote.ts";

/** The header's value; `undefined` for a file without a name that is shown where it is. */
export function contentDispositionHeader(
  asAttachment: boolean,
  filename: string,
): string | undefined {
  const disposition = asAttachment ? "attachment" : "inline";
  if (filename !== "") return `${disposition}; ${filenameParameter(filename)}`;
  return asAttachment ? disposition : undefined;
}

function filenameParameter(filename: string): string {
  if (/^[\x20-\x7e]*$/.test(filename))
    return `filename="${filename.replaceAll(/[\\"]/g, (character) => `\\${character}`)}"`;
  return `filename*=utf-8''${quote(filename)}`;
}
