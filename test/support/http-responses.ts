/**
 * Reads HTTP responses off a connection, as a strict client would.
 */
export interface ParsedResponse {
  readonly statusLine: string;
  readonly status: number;
  /** Names in lower case; repeated ones are joined with a line feed, so that they are noticed. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * All responses in `text`, in order. `methods` are those of the requests, where they matter (HEAD).
 * Throws when bytes are left over or missing: nothing may be unaccounted for.
 */
export function parseResponses(
  text: string,
  methods: readonly string[] = [],
): readonly ParsedResponse[] {
  const responses: ParsedResponse[] = [];
  for (let rest = text; rest !== "";) {
    const headEnd = rest.indexOf("\r\n\r\n");
    if (headEnd < 0) throw new Error(`no whole head in ${JSON.stringify(rest)}`);
    const [statusLine = "", ...lines] = rest.slice(0, headEnd).split("\r\n");
    const headers = toMap(lines);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const isBodiless = status < 200 || status === 204 || status === 304;
    const after = rest.slice(headEnd + 4);
    const [body, left] =
      isBodiless || methods[responses.length] === "HEAD" ? ["", after] : splitBody(headers, after);
    responses.push({ statusLine, status, headers, body });
    rest = left;
  }
  return responses;
}

/** The one response in `text`. */
export function parseResponse(text: string, method: string = "GET"): ParsedResponse {
  const [response, ...others] = parseResponses(text, [method]);
  if (response === undefined || others.length > 0)
    throw new Error(`not one response: ${JSON.stringify(text)}`);
  return response;
}

function toMap(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^:\s]+): (.*)$/s.exec(line) ?? [];
    if (name === "") throw new Error(`not a header line: ${JSON.stringify(line)}`);
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? value : `${before}\n${value}`);
  }
  return headers;
}

function splitBody(headers: ReadonlyMap<string, string>, text: string): [string, string] {
  const length = headers.get("content-length");
  if (headers.get("transfer-encoding") === "chunked") return splitChunked(text);
  if (length === undefined) return [text, ""];
  if (!/^\d+$/.test(length)) throw new Error(`bad Content-Length ${JSON.stringify(length)}`);
  if (text.length < Number(length)) throw new Error(`body too short: ${JSON.stringify(text)}`);
  return [text.slice(0, Number(length)), text.slice(Number(length))];
}

function splitChunked(text: string): [string, string] {
  let body = "";
  for (let position = 0; ;) {
    const [line = "", digits = ""] = /^([0-9a-f]+)\r\n/.exec(text.slice(position)) ?? [];
    if (line === "") throw new Error(`bad chunk at ${position} of ${JSON.stringify(text)}`);
    const start = position + line.length;
    const end = start + Number.parseInt(digits, 16);
    if (text.slice(end, end + 2) !== "\r\n")
      throw new Error(`bad chunk end in ${JSON.stringify(text)}`);
    if (start === end) return [body, text.slice(end + 2)];
    body += text.slice(start, end);
    position = end + 2;
  }
}
