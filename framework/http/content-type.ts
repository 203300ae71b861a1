/**
 * What a request says its body is.
 *
 * Layer 2 (http). Pure. Errors: `BadRequest` for a header that cannot be parsed.
 * Source: RFC 9110 section 8.3; Django http/request.py (`_set_content_type_params`).
 */
import { BadRequest } from "../exceptions.ts";
import { decodeText } from "../utils/encoding.ts";
import { encodingName } from "../utils/quote.ts";
import { type HeaderParameters, parseHeaderParameters } from "./header-parameters.ts";

/** More characters than any client needs. */
const LONGEST = 10_000;

export interface ContentType {
  /** The media type, lower case; `""` when the request does not say. */
  readonly type: string;
  readonly params: ReadonlyMap<string, string>;
  /** The encoding that `charset` names; `undefined` when there is none, or none of that name. */
  readonly encoding: string | undefined;
}

const NONE: ContentType = { type: "", params: new Map(), encoding: undefined };

/** `header` is bytes as latin-1, as the environ has it. */
export function parseContentType(header: string | undefined): ContentType {
  if (header === undefined || header === "") return NONE;
  const { value, params } = parse(header);
  const charset = params.get("charset");
  const encoding = charset === undefined ? undefined : encodingName(charset);
  return { type: value, params, encoding };
}

/** The header, unless it is too long to be looked into. */
export function checkLength(header: string): string {
  if (header.length > LONGEST) throw new BadRequest("Invalid Content-Type header.");
  return header;
}

function parse(header: string): HeaderParameters {
  const text = decodeText(checkLength(header));
  try {
    return parseHeaderParameters(text);
  } catch (error) {
    throw new BadRequest("Invalid Content-Type header.", { cause: error });
  }
}
