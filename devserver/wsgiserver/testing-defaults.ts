/**
 * Environs for tests of applications and servers.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/util.py (`setup_testing_defaults`). Not for real servers: all of it is made up.
 */
import type { Environ, ErrorStream, InputStream } from "../../framework/wsgi.ts";
import { fileWrapper } from "./file-wrapper.ts";
import { guessScheme } from "./request-uri.ts";

/** Fills in what `environ` lacks, and returns it. What is there stays. */
export function setupTestingDefaults(environ: Partial<Environ> = {}): Environ {
  const scheme = environ["wsgi.url_scheme"] ?? guessScheme(environ);
  const isAtRoot = environ.SCRIPT_NAME === undefined && environ.PATH_INFO === undefined;
  const defaults: Environ = {
    SERVER_NAME: "127.0.0.1",
    SERVER_PROTOCOL: "HTTP/1.0",
    SERVER_PORT: scheme === "https" ? "443" : "80",
    HTTP_HOST: environ.SERVER_NAME ?? "127.0.0.1",
    REQUEST_METHOD: "GET",
    SCRIPT_NAME: "",
    PATH_INFO: isAtRoot ? "/" : "",
    QUERY_STRING: "",
    "wsgi.version": [1, 0],
    "wsgi.run_once": false,
    "wsgi.multithread": false,
    "wsgi.multiprocess": false,
    "wsgi.input": EMPTY_INPUT,
    "wsgi.errors": new CollectedErrors(),
    "wsgi.url_scheme": scheme,
    "wsgi.file_wrapper": fileWrapper,
  };
  return Object.assign(environ, { ...defaults, ...environ });
}

/** A `wsgi.errors` that keeps what is written to it. */
export class CollectedErrors implements ErrorStream {
  text = "";

  write(text: string): void {
    this.text += text;
  }
}

const NOTHING = Buffer.alloc(0);

const EMPTY_INPUT: InputStream = {
  read: async () => NOTHING,
  readline: async () => NOTHING,
  async *[Symbol.asyncIterator]() {
    // It has ended before it began.
  },
};
