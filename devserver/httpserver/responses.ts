/**
 * What each status means: its phrase and a sentence.
 *
 * Layer 2 (httpserver). Source: the IANA registry; sentences after CPython http/__init__.py (`HTTPStatus`).
 */
// Not imported: an import of node:http also loads everything behind fetch, which takes 40 ms at each start.
const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** Phrase and sentence by status. */
export type Responses = ReadonlyMap<number, readonly [phrase: string, explanation: string]>;

const EXPLANATIONS: Readonly<Record<number, string>> = {
  100: "Request received, please continue",
  101: "Switching to new protocol; obey Upgrade header",
  200: "Request fulfilled, document follows",
  201: "Document created, URL follows",
  202: "Request accepted, processing continues off-line",
  203: "Request fulfilled from cache",
  204: "Request fulfilled, nothing follows",
  205: "Clear input form for further input",
  206: "Partial content follows",
  300: "Object has several resources -- see URI list",
  301: "Object moved permanently -- see URI list",
  302: "Object moved temporarily -- see URI list",
  303: "Object moved -- see Method and URL list",
  304: "Document has not changed since given time",
  305: "You must use proxy specified in Location to access this resource",
  307: "Object moved temporarily -- see URI list",
  308: "Object moved permanently -- see URI list",
  400: "Bad request syntax or unsupported method",
  401: "No permission -- see authorization schemes",
  402: "No payment -- see charging schemes",
  403: "Request forbidden -- authorization will not help",
  404: "Nothing matches the given URI",
  405: "Specified method is invalid for this resource",
  406: "URI not available in preferred format",
  407: "You must authenticate with this proxy before proceeding",
  408: "Request timed out; try again later",
  409: "Request conflict",
  410: "URI no longer exists and has been permanently removed",
  411: "Client must specify Content-Length",
  412: "Precondition in headers is false",
  413: "Content is too large",
  414: "URI is too long",
  415: "Entity body in unsupported format",
  416: "Cannot satisfy request range",
  417: "Expect condition could not be satisfied",
  418: "Server refuses to brew coffee because it is a teapot.",
  421: "Server is not able to produce a response",
  428: "The origin server requires the request to be conditional",
  429: 'The user has sent too many requests in a given amount of time ("rate limiting")',
  431: "The server is unwilling to process the request because its header fields are too large",
  451: "The server is denying access to the resource as a consequence of a legal demand",
  500: "Server got itself in trouble",
  501: "Server does not support this operation",
  502: "Invalid responses from another server/proxy",
  503: "The server cannot process the request due to a high load",
  504: "The gateway server did not receive a timely response",
  505: "Cannot fulfill request",
  511: "The client needs to authenticate to gain network access",
};

/** Every registered status. Where there is no sentence, the phrase stands for it. */
export const RESPONSES: Responses = new Map<number, readonly [string, string]>(
  Object.entries(STATUS_CODES).map(([code, phrase = ""]) => [
    Number(code),
    [phrase, EXPLANATIONS[Number(code)] ?? phrase],
  ]),
);

/** The phrase of a status: `404` → `Not Found`; `???` for one that is none. */
export function phraseOf(status: number, responses: Responses = RESPONSES): string {
  return responses.get(status)?.[0] ?? "???";
}

/** A sentence about a status; `???` for one that is none. */
export function explanationOf(status: number, responses: Responses = RESPONSES): string {
  return responses.get(status)?.[1] ?? "???";
}
