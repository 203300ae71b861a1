/**
 * The error of a multipart body that is not written as RFC 7578 says.
 *
 * Layer 2 (http). Source: Django http/multipartparser.py.
 */
import { BadRequest } from "../../exceptions.ts";

/** A multipart body that cannot be parsed. Answered with 400. */
export class MultiPartParserError extends BadRequest {
  override readonly name = "MultiPartParserError";
  override readonly code = "http.multipart_parser";
}
