/**
 * In which form a client gets an error page.
 *
 * Layer 6 (views). Pure. Source: RFC 9110 section 12.5.1.
 * Differs from Django: HTML is only for whoever names it (browsers do); what sends a wildcard or nothing (curl, fetch)
 * gets text, and whoever wants JSON gets JSON.
 */
import { AcceptedTypes } from "../../http/accepted-types.ts";

export type PageFormat = "text/html" | "application/json" | "text/plain";

const FORMATS = ["text/html", "application/json", "text/plain"] as const;

/** `accept` is the header; `undefined` when there is none. */
export function preferredFormat(accept: string | undefined): PageFormat {
  const types = new AcceptedTypes(accept);
  const named = FORMATS.filter((format) => isNamed(types, format));
  return types.preferred(named) ?? "text/plain";
}

/** A wildcard names nothing: who takes everything may be anybody. */
function isNamed(types: AcceptedTypes, format: PageFormat): boolean {
  const range = types.find(format);
  return range !== undefined && range.mainType !== "*";
}
