/**
 * A request as rows of names and values, secrets masked; the sections of an error page that are about it.
 *
 * Layer 6 (views). What cannot be read becomes a note: the page that reports an error must not fail by it.
 * Source: Django views/debug.py (`get_traceback_data`).
 */
import type { Settings } from "../../conf/settings.ts";
import type { HttpRequest } from "../../http/request.ts";
import { errorMessage } from "../../utils/describe.ts";
import type { MaybePromise } from "../../utils/maybe-promise.ts";
import { formatNamed, formatValue } from "./format-value.ts";
import { type IsSecret, isSecretHeader, makeIsSecret, MASK, maskQuery } from "./mask.ts";
import type { Row, Section } from "./report.ts";

/** Longest wait for a body that nobody has read yet, in milliseconds. */
const PATIENCE = 300;
/** Largest JSON body that is shown, in bytes. */
const LARGEST_JSON = 65_536;

/** The rule of secrets for the site of a request. */
export function secretsOf(request: HttpRequest): IsSecret {
  return makeIsSecret(settingsOf(request)?.SESSION_COOKIE_NAME ?? "sessionid");
}

/** The folder of the project. */
export function projectRoot(request: HttpRequest): string {
  return settingsOf(request)?.BASE_DIR ?? process.cwd();
}

/** `http://host/path?query` with the host as the client sent it, whether the site answers to it or not. */
function rawUrl(request: HttpRequest, isSecret: IsSecret): string {
  const { META } = request;
  const host = META.HTTP_HOST ?? META.SERVER_NAME;
  return maskQuery(`${request.scheme}://${host}${request.getFullPath()}`, isSecret);
}

/** What was asked, by whom, and which view answers it. */
export function requestFacts(request: HttpRequest, isSecret: IsSecret): Row[] {
  const facts: Row[] = [
    ["Request Method", request.method],
    ["Request URL", attempt(() => rawUrl(request, isSecret))],
    ["Client", request.META.REMOTE_ADDR ?? "unknown"],
  ];
  const raisedDuring = viewName(request);
  if (raisedDuring !== "") facts.push(["Raised during", raisedDuring]);
  return facts;
}

/** `tuneDetail, at tunes/<slug:slug>/ [name='tunes:detail']`. */
export function viewName(request: HttpRequest): string {
  const match = "resolverMatch" in request ? request.resolverMatch : undefined;
  if (match === undefined) return "";
  const view = match.pattern.view.name || "an anonymous view";
  const name = match.urlName === undefined ? "" : ` [name='${match.viewName}']`;
  return `${view}, at ${match.route || "(empty route)"}${name}`;
}

/** Synchronous unless the request has a body that a page can show. */
export function requestSections(
  request: HttpRequest,
  isSecret: IsSecret,
): MaybePromise<readonly Section[]> {
  const get = section("get", "GET", () => listRows(request.GET.lists(), isSecret));
  const rest = [...headerSections(request, isSecret), ...environSections(request, isSecret)];
  if (!hasBody(request)) return [get, ...rest];
  return bodySections(request, isSecret).then((body) => [get, ...body, ...rest]);
}

/** META: what the server says, without what only programs can read. */
export function environRows(environ: object, isSecret: IsSecret): Row[] {
  return Object.entries(environ)
    .filter(([, value]) => typeof value === "string")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, isSecret(name) ? MASK : maskQuery(String(value), isSecret)]);
}

/** Every setting in UPPER_CASE, by name; functions are not called. */
function settingsRows(settings: object, isSecret: IsSecret): Row[] {
  return Object.entries(settings)
    .filter(([name]) => /^[A-Z][A-Z0-9_]*$/.test(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, formatNamed(name, value, isSecret)]);
}

function headerSections(request: HttpRequest, isSecret: IsSecret): Section[] {
  return [
    section("cookies", "COOKIES", () => namedRows(Object.entries(request.COOKIES), isSecret)),
    section("headers", "Headers", () => headerRows(request, isSecret), true),
  ];
}

function headerRows({ headers }: HttpRequest, isSecret: IsSecret): Row[] {
  return [...headers].map(([name, value]) => [
    name,
    isSecretHeader(name, isSecret) ? MASK : maskQuery(value, isSecret),
  ]);
}

function environSections(request: HttpRequest, isSecret: IsSecret): Section[] {
  const settings = settingsOf(request);
  const sections = [
    section("meta", "META", () => environRows(request.META, isSecret), true),
    settings && section("settings", "Settings", () => settingsRows(settings, isSecret), true),
  ];
  return sections.filter((entry) => entry !== undefined);
}

function hasBody(request: HttpRequest): boolean {
  return isForm(request) || isSmallJson(request);
}

function isForm(request: HttpRequest): boolean {
  const type = attempt(() => request.contentType);
  return (
    request.method === "POST" &&
    (type === "application/x-www-form-urlencoded" || type === "multipart/form-data")
  );
}

function isSmallJson(request: HttpRequest): boolean {
  const type = attempt(() => request.contentType);
  return (
    /^application\/(?:.+\+)?json$/.test(type) &&
    Number(request.META.CONTENT_LENGTH ?? Infinity) <= LARGEST_JSON
  );
}

async function bodySections(request: HttpRequest, isSecret: IsSecret): Promise<Section[]> {
  if (!isForm(request)) {
    return [
      await lateSection("body", "JSON body", async () => [
        ["body", formatValue(await request.json(), isSecret)],
      ]),
    ];
  }
  return [
    await lateSection("post", "POST", async () => listRows((await request.POST).lists(), isSecret)),
    await lateSection("files", "FILES", async () =>
      [...(await request.FILES).lists()].flatMap(([name, files]) =>
        files.map((file): Row => [name, `${file.name} (${file.contentType}, ${file.size} bytes)`]),
      ),
    ),
  ];
}

function section(id: string, title: string, rows: () => Row[], isFolded?: true): Section {
  const fold = isFolded === true ? { isFolded } : {};
  try {
    return { id, title, rows: rows(), ...fold };
  } catch (error) {
    return { id, title, rows: [], note: `cannot be shown: ${errorMessage(error)}`, ...fold };
  }
}

/** A client may never send the body that it has announced. */
async function lateSection(
  id: string,
  title: string,
  rows: () => Promise<Row[]>,
): Promise<Section> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), PATIENCE);
  try {
    const found = await Promise.race([rows(), late.promise]);
    return found === "late"
      ? { id, title, rows: [], note: "cannot be shown: the body has not arrived yet" }
      : { id, title, rows: found };
  } catch (error) {
    return { id, title, rows: [], note: `cannot be shown: ${errorMessage(error)}` };
  } finally {
    clearTimeout(timer);
  }
}

function listRows(
  lists: Iterable<readonly [string, readonly string[]]>,
  isSecret: IsSecret,
): Row[] {
  return [...lists].flatMap(([name, values]) =>
    values.map((value): Row => [name, isSecret(name) ? MASK : value]),
  );
}

function namedRows(
  pairs: Iterable<readonly [string, string | undefined]>,
  isSecret: IsSecret,
): Row[] {
  return [...pairs].map(([name, value]): Row => [name, isSecret(name) ? MASK : (value ?? "")]);
}

/** A request made by hand has no application. */
function settingsOf(request: HttpRequest): Settings | undefined {
  return "app" in request ? request.app.settings : undefined;
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return `(cannot be shown: ${errorMessage(error)})`;
  }
}
