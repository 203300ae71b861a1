/**
 * The pages for errors when DEBUG is on: what went wrong, where, with which values, and in which request.
 *
 * Layer 6 (views). HTML for whoever asks for HTML, JSON for whoever asks for JSON, plain text for everybody else (curl,
 * scripts). Source: Django views/debug.py. Values whose name smells of a secret are masked, as there.
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponse } from "../http/response.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { isCollectingLocals } from "./debug/locals.ts";
import { errorFacts, reportThrown, type Row } from "./debug/report.ts";
import { projectRoot, requestFacts, requestSections, secretsOf } from "./debug/request-report.ts";
import { respondWithReport } from "./debug/respond.ts";

export { technical404Response } from "./debug/not-found.ts";

const EXPLANATION =
  "You see this page because DEBUG is true in the settings. With DEBUG: false it becomes a plain page without details.";
const WITHOUT_VARIABLES =
  "Local variables are shown where the development server collects them (DEBUG_LOCALS).";

/**
 * The page for an exception: message, causes, stack, variables, request. `status` is 500, or 400 for a bad request.
 * A promise only when the request has a body that can be shown.
 */
export function technicalErrorResponse(
  request: HttpRequest,
  error: unknown,
  status: number = 500,
): MaybePromise<HttpResponse> {
  const isSecret = secretsOf(request);
  // At once: what the variables hold may change while a body is waited for.
  const thrown = reportThrown(error, projectRoot(request), isSecret);
  const facts = [...requestFacts(request, isSecret), ...errorFacts(thrown[0]), ...processFacts()];
  return whenReady(requestSections(request, isSecret), (sections) =>
    respondWithReport(request, {
      status,
      title: `${thrown[0].name} at ${request.path}`,
      heading: thrown[0].name,
      subject: `${request.method} ${request.path}`,
      thrown,
      facts,
      sections,
      explanation: EXPLANATION,
      ...(isCollectingLocals() ? {} : { note: WITHOUT_VARIABLES }),
    }),
  );
}

function processFacts(): Row[] {
  return [
    ["Node Version", process.version],
    ["Process", String(process.pid)],
    ["Server Time", new Date().toISOString()],
  ];
}
