/**
 * The environ of a request that came from nowhere: nothing is known, and the body is empty.
 *
 * Layer 2 (http). Source: PEP 3333, for what has to be there; Django's `HttpRequest()`, whose META is empty.
 */
import type { Environ } from "../wsgi.ts";
import { BytesInput } from "./body-input.ts";

const NOTHING = Buffer.alloc(0);

/** A new one each time, for its owner to fill. */
export function emptyEnviron(): Environ {
  return {
    REQUEST_METHOD: "",
    SCRIPT_NAME: "",
    PATH_INFO: "",
    QUERY_STRING: "",
    SERVER_NAME: "",
    SERVER_PORT: "",
    SERVER_PROTOCOL: "HTTP/1.1",
    "wsgi.version": [1, 0],
    "wsgi.url_scheme": "http",
    "wsgi.input": new BytesInput(NOTHING),
    "wsgi.errors": { write: () => undefined },
    "wsgi.multithread": false,
    "wsgi.multiprocess": false,
    "wsgi.run_once": false,
  };
}
