/**
 * WSGI without a server: environs to call applications with, and their answers as values.
 */
import { getWSGIApplication } from "../../framework/handlers/wsgi-handler.ts";
import { defineSettings, type SettingsInput } from "../../framework/conf/define-settings.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import { DEFAULT_REQUEST_OPTIONS, type RequestOptions } from "../../framework/http/request.ts";
import { WSGIRequest } from "../../framework/http/wsgi-request.ts";
import { path } from "../../framework/urls/path.ts";
import type { URLEntry } from "../../framework/urls/pattern.ts";
import type { View } from "../../framework/urls/route-params.ts";
import type { Environ, HeaderList, InputStream, WSGIApplication } from "../../framework/wsgi.ts";

/** Request bodies given as the pieces in which they arrive. */
function inputOf(pieces: readonly (string | Uint8Array)[]): InputStream {
  const chunks = pieces.map((piece) => Buffer.from(piece));
  return {
    read: () => Promise.resolve(Buffer.concat(chunks)),
    readline: () => Promise.resolve(Buffer.concat(chunks)),
    async *[Symbol.asyncIterator]() {
      yield* chunks;
    },
  };
}

export interface RequestSketch {
  readonly method?: string;
  /** Path and query as in a URL, percent-escapes not decoded here. */
  readonly path?: string;
  readonly query?: string;
  readonly body?: readonly (string | Uint8Array)[];
  /** More of the environ: `HTTP_*`, `CONTENT_TYPE`, … */
  readonly environ?: Readonly<Record<string, unknown>>;
}

export interface TestEnviron {
  readonly environ: Environ;
  /** What was written to `wsgi.errors`. */
  readonly errors: string[];
}

export function makeEnviron(sketch: RequestSketch = {}): TestEnviron {
  const errors: string[] = [];
  const environ: Environ = {
    REQUEST_METHOD: sketch.method ?? "GET",
    SCRIPT_NAME: "",
    PATH_INFO: sketch.path ?? "/",
    QUERY_STRING: sketch.query ?? "",
    SERVER_NAME: "testserver",
    SERVER_PORT: "80",
    SERVER_PROTOCOL: "HTTP/1.1",
    REMOTE_ADDR: "127.0.0.1",
    HTTP_HOST: "testserver",
    "wsgi.version": [1, 0],
    "wsgi.url_scheme": "http",
    "wsgi.input": inputOf(sketch.body ?? []),
    "wsgi.errors": { write: (text) => void errors.push(text) },
    "wsgi.multithread": false,
    "wsgi.multiprocess": false,
    "wsgi.run_once": false,
    ...sketch.environ,
  };
  return { environ, errors };
}

export function makeRequest(
  sketch: RequestSketch = {},
  options: Partial<RequestOptions> = {},
): WSGIRequest {
  const defaults = {
    ...DEFAULT_REQUEST_OPTIONS,
    allowedHosts: ["*"],
    maxMemorySize: 1000,
    maxFields: 10,
  };
  return new WSGIRequest(makeEnviron(sketch).environ, { ...defaults, ...options });
}

/** Settings with which the log has what clients did wrong, too. */
export const LOG_WARNINGS: Pick<Settings, "LOGGING"> = {
  LOGGING: { levels: { minorswing: "warn" } },
};

/** An application for some patterns; DEBUG is off and every host is allowed unless the settings say otherwise. */
export async function makeApplication(
  urlpatterns: readonly URLEntry[],
  settings: Partial<SettingsInput> = {},
): Promise<WSGIApplication> {
  return await getWSGIApplication(
    defineSettings({
      SECRET_KEY: "for tests",
      ALLOWED_HOSTS: ["*"],
      ROOT_URLCONF: () => Promise.resolve({ urlpatterns }),
      ...settings,
    }),
  );
}

export interface Answer {
  readonly status: string;
  readonly headers: HeaderList;
  readonly text: string;
  /** What the application wrote to `wsgi.errors`. */
  readonly errors: string;
  header(name: string): string | undefined;
}

/** Calls an application as a server would: collects the body, closes it. */
export async function call(
  application: WSGIApplication,
  sketch: RequestSketch = {},
): Promise<Answer> {
  const { environ, errors } = makeEnviron(sketch);
  let status = "";
  let headers: HeaderList = [];
  const body = await application(environ, (newStatus, newHeaders) => {
    status = newStatus;
    headers = newHeaders;
    return () => undefined;
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  await body.close?.();
  return {
    status,
    headers,
    text: Buffer.concat(chunks).toString(),
    errors: errors.join(""),
    header: (name) => headers.find(([found]) => found.toLowerCase() === name.toLowerCase())?.[1],
  };
}

/** The answer of a site that has one view, at every path. */
export async function answerOf(
  view: View,
  settings: Partial<SettingsInput> = {},
  sketch: RequestSketch = {},
): Promise<Answer> {
  return await call(await makeApplication([path("", view)], settings), sketch);
}

/** A view that throws. */
export function failing(error: unknown): View {
  return () => {
    throw error;
  };
}
