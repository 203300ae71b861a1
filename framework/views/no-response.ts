/**
 * What is said when a view, a middleware or an error handler returns something that is no response.
 *
 * Layer 6 (views). Pure. Source of the words: Django core/handlers/base.py (`check_response`).
 */
import { ImproperlyConfigured } from "../exceptions.ts";
import { describeValue } from "../utils/describe.ts";

/** `who` begins the sentence: `"The view detail"`. */
export function noResponse(who: string, returned: unknown): ImproperlyConfigured {
  return new ImproperlyConfigured(noResponseText(who, returned));
}

/** The sentence itself. */
export function noResponseText(who: string, returned: unknown): string {
  return `${who} didn't return an HttpResponse object. It returned ${describeValue(returned)} instead.`;
}
