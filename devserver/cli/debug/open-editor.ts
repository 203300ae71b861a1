/**
 * `POST /__minorswing__/open-editor` with `place=FILE:LINE:COLUMN`: opens a file of the project in the editor.
 *
 * Layer 10 (cli). Only for a browser on this machine that shows a page of this very site, since everybody else's page
 * could send such a form as well. Errors: 403, 404, 405, 413 and 502 as plain text; 204 when the editor was started.
 */
import { realpath } from "node:fs/promises";
import { isIP } from "node:net";
import { sep } from "node:path";
import { checkHost } from "../../../framework/http/host.ts";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import type { Body, Environ, StartResponse } from "../../../framework/wsgi.ts";

export interface OpenEditorOptions {
  /** ALLOWED_HOSTS; empty means localhost, as everywhere with DEBUG. */
  readonly allowedHosts: readonly string[];
  /** The folder of the project. */
  readonly folder: string;
  /** Starts the editor. @default the package launch-editor */
  readonly launch?: (place: string) => Promise<void>;
}

/** Bytes; a path is shorter. */
const LARGEST_BODY = 8192;

export async function openEditor(
  environ: Environ,
  startResponse: StartResponse,
  options: OpenEditorOptions,
): Promise<Body> {
  const [status, text] = await answer(environ, options);
  const headers: [string, string][] = [["Content-Type", "text/plain; charset=utf-8"]];
  if (status.startsWith("405")) headers.push(["Allow", "POST"]);
  startResponse(status, status.startsWith("204") ? [] : headers);
  return text === "" ? [] : [Buffer.from(`${text}\n`)];
}

async function answer(
  environ: Environ,
  { allowedHosts, folder, launch = launchEditor }: OpenEditorOptions,
): Promise<[status: string, text: string]> {
  if (environ.REQUEST_METHOD !== "POST") return ["405 Method Not Allowed", "Only POST."];
  const refusal = refuse(environ, allowedHosts);
  if (refusal !== undefined) return ["403 Forbidden", refusal];
  if (!(Number(environ.CONTENT_LENGTH) <= LARGEST_BODY))
    return ["413 Content Too Large", "A place is shorter than that."];
  const place = await readPlace(environ);
  const file = place && (await fileOfProject(place.file, folder));
  if (place === undefined || file === undefined)
    return ["404 Not Found", `There is no such file in ${folder}.`];
  try {
    await launch(file + place.position);
    return ["204 No Content", ""];
  } catch (error) {
    return [
      "502 Bad Gateway",
      `The editor could not be started (set LAUNCH_EDITOR to its command): ${String(error)}`,
    ];
  }
}

/** Why a request is none of a page of this site in a browser on this machine; `undefined` when it is one. */
function refuse(environ: Environ, allowedHosts: readonly string[]): string | undefined {
  if (!isLoopback(environ.REMOTE_ADDR ?? ""))
    return "Only from the machine that the server runs on.";
  if (FORWARDED.some((name) => environ[name] !== undefined))
    return "Not through a proxy: the client may be anywhere.";
  const host = environ.HTTP_HOST ?? "";
  try {
    // A name that leads here only in the client's own DNS is not of this site, whatever the site answers to.
    checkHost(
      host,
      allowedHosts.filter((allowed) => allowed !== "*"),
      true,
    );
  } catch {
    return "Not for this host.";
  }
  const { HTTP_ORIGIN: origin, HTTP_SEC_FETCH_SITE: site } = environ;
  // With a strict Referrer-Policy a browser says "null" for the origin, and only Sec-Fetch-Site is left.
  const isSameOrigin =
    origin === undefined || origin === "null"
      ? site === "same-origin"
      : origin === `${environ["wsgi.url_scheme"]}://${host}` &&
        (site === undefined || site === "same-origin");
  return isSameOrigin ? undefined : "Only from a page of this site.";
}

const FORWARDED = ["HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA"] as const;

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, "");
  return plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

/** `/site/views.ts:3:9`, apart. */
async function readPlace(
  environ: Environ,
): Promise<{ readonly file: string; readonly position: string } | undefined> {
  const body = Buffer.from(await environ["wsgi.input"].read(LARGEST_BODY)).toString();
  const groups = /^(?<file>.+?)(?<position>(?::\d{1,7}){0,2})$/s.exec(
    new QueryDict(body).get("place", ""),
  )?.groups;
  const { file, position } = groups ?? {};
  return file === undefined || position === undefined ? undefined : { file, position };
}

/** The real path of a file that is in `folder` for real, whatever links lead there. */
async function fileOfProject(file: string, folder: string): Promise<string | undefined> {
  try {
    const [path, root] = await Promise.all([realpath(file), realpath(folder)]);
    return path.startsWith(root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Loaded when it is needed first. It tells what goes wrong a little later, if at all. */
async function launchEditor(place: string): Promise<void> {
  const { default: launch } = await import("launch-editor");
  const failed = Promise.withResolvers<void>();
  launch(place, (_file, reason) => failed.reject(new Error(reason ?? "no editor was found")));
  const soon = setTimeout(() => failed.resolve(), 150);
  await failed.promise.finally(() => clearTimeout(soon));
}
