/**
 * A response in a few lines, for the message of a test that fails: what came back instead.
 *
 * Layer 8 (testing). Pure.
 */
import { formatError } from "../utils/stack.ts";
import type { TestResponse } from "./test-response.ts";

/** As many characters as help; a page with all its styles does not. */
const LONGEST = 2000;

/** Begins with a line end; ends without. */
export function excerpt(response: TestResponse): string {
  const { request } = response;
  const lines = [
    "",
    `${request.REQUEST_METHOD} ${request.PATH_INFO} → ${response.status} ${response.reason}`,
  ];
  const location = response.headers.get("Location");
  if (location !== null) lines.push(`Location: ${location}`);
  if (response.templates.length > 0) lines.push(`Templates: ${response.templates.join(", ")}`);
  if (response.exceptionInfo !== undefined) lines.push(formatError(response.exceptionInfo));
  lines.push(bodyOf(response));
  return lines.filter((line, index) => index === 0 || line !== "").join("\n");
}

function bodyOf(response: TestResponse): string {
  if (response.streaming) return "(a streaming body)";
  const { text } = response;
  return text.length > LONGEST
    ? `${text.slice(0, LONGEST)}\n… and ${text.length - LONGEST} characters more`
    : text;
}
