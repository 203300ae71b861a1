/**
 * What a project that does not load answers: every request gets the reason.
 *
 * Layer 10 (cli). Details are shown unless the settings were read and say that DEBUG is false.
 */
import { dirname } from "node:path";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { errorMessage } from "../../../framework/utils/describe.ts";
import { makeIsSecret } from "../../../framework/views/debug/mask.ts";
import {
  errorFacts,
  type ErrorReport,
  reportThrown,
  type Row,
} from "../../../framework/views/debug/report.ts";
import { editorAddress, renderReport } from "../../../framework/views/debug/respond.ts";
import { environRows } from "../../../framework/views/debug/request-report.ts";
import { errorPage } from "../../../framework/views/defaults.ts";
import type { Environ, WSGIApplication } from "../../../framework/wsgi.ts";

const TITLE = "The project does not load";
const isSecret = makeIsSecret(undefined);

/** `settingsFile` is where the project is. */
export function brokenApplication(
  error: unknown,
  showDetails: boolean,
  settingsFile: string,
): WSGIApplication {
  return (environ, startResponse) => {
    const { contentType, text } = showDetails
      ? renderReport(reportOf(error, environ, settingsFile), environ.HTTP_ACCEPT, {
          nonce: undefined,
          editor: editorAddress(environ),
        })
      : { contentType: "text/html; charset=utf-8", text: errorPage(500).content };
    startResponse("500 Internal Server Error", [["Content-Type", contentType]]);
    return [Buffer.from(text)];
  };
}

/** Read anew for each request: the file may have been saved since, and show what it is now. */
function reportOf(error: unknown, environ: Environ, settingsFile: string): ErrorReport {
  const reason = reasonOf(error);
  const thrown = reportThrown(reason, dirname(settingsFile), isSecret);
  const about: Row[] = reason === error ? [] : [["Reported as", errorMessage(error)]];
  return {
    status: 500,
    title: TITLE,
    heading: reason instanceof ImproperlyConfigured ? TITLE : `${TITLE}: ${thrown[0].name}`,
    subject: `${environ.REQUEST_METHOD} ${environ.PATH_INFO}`,
    thrown,
    facts: [
      ...errorFacts(thrown[0]),
      ...about,
      ["Settings", settingsFile],
      ["Node Version", process.version],
    ],
    sections: [{ id: "meta", title: "META", rows: environRows(environ, isSecret), isFolded: true }],
    explanation: "Mend it and save: the server tries again by itself.",
  };
}

/** What the project itself did wrong: the loader's own errors only say which file it was about to load. */
function reasonOf(error: unknown): unknown {
  let reason = error;
  while (reason instanceof ImproperlyConfigured && reason.cause !== undefined)
    reason = reason.cause;
  return reason;
}
