/**
 * `validator(application)`: an application that watches both sides of the contract.
 *
 * Layer 3 (wsgiserver). Source: PEP 3333; CPython wsgiref/validate.py, whose checks these are.
 * Errors: `WSGIViolation` that says which side broke which rule, thrown where it is broken.
 * Differs from Python: a body may be asynchronous; `PATH_INFO` may be `*` in an OPTIONS request.
 */
import { inspect } from "node:util";
import type {
  Body,
  Chunk,
  Environ,
  ErrorStream,
  HeaderList,
  InputStream,
  StartResponse,
  Write,
  WSGIApplication,
} from "../../framework/wsgi.ts";

/** The server or the application broke a rule of PEP 3333. */
export class WSGIViolation extends Error {
  override readonly name = "WSGIViolation";
}

function check(holds: boolean, message: string): asserts holds {
  if (!holds) throw new WSGIViolation(message);
}

/** Wraps an application; put it between a server and an application to have both checked. */
export function validator(application: WSGIApplication): WSGIApplication {
  return (environ, startResponse) => {
    check(typeof startResponse === "function", "the server passed no startResponse");
    checkEnviron(environ);
    const watch = new ResponseWatch(startResponse);
    environ["wsgi.input"] = watchInput(environ["wsgi.input"]);
    environ["wsgi.errors"] = watchErrors(environ["wsgi.errors"]);
    const result = application(environ, watch.startResponse);
    return result instanceof Promise
      ? result.then((body) => watchBody(body, watch))
      : watchBody(result, watch);
  };
}

const REQUIRED = [
  "REQUEST_METHOD",
  "SERVER_NAME",
  "SERVER_PORT",
  "wsgi.version",
  "wsgi.input",
  "wsgi.errors",
  "wsgi.multithread",
  "wsgi.multiprocess",
  "wsgi.run_once",
] as const;

function checkEnviron(environ: Environ): void {
  check(
    typeof environ === "object" &&
      environ !== null &&
      Object.getPrototypeOf(environ) === Object.prototype,
    `the environ must be a plain object; found ${inspect(environ, { depth: 0 })}`,
  );
  for (const key of REQUIRED) check(environ[key] !== undefined, `the environ lacks ${key}`);
  for (const [key, value] of Object.entries(environ)) {
    if (key.includes(".") || value === undefined) continue;
    check(
      isLatin1(value),
      `environ.${key} must be text, one byte per character; found ${inspect(value)}`,
    );
  }
  check(
    environ.HTTP_CONTENT_TYPE === undefined,
    "the environ has HTTP_CONTENT_TYPE; it is called CONTENT_TYPE",
  );
  check(
    environ.HTTP_CONTENT_LENGTH === undefined,
    "the environ has HTTP_CONTENT_LENGTH; it is called CONTENT_LENGTH",
  );
  const [major, minor] = environ["wsgi.version"];
  check(
    major === 1 && minor === 0,
    `wsgi.version must be [1, 0]; found ${inspect(environ["wsgi.version"])}`,
  );
  const scheme = environ["wsgi.url_scheme"];
  check(scheme === "http" || scheme === "https", `wsgi.url_scheme is ${inspect(scheme)}`);
  checkPaths(environ);
  const length = environ.CONTENT_LENGTH;
  check(!length || /^[0-9]+$/.test(length), `CONTENT_LENGTH is ${inspect(length)}`);
}

function checkPaths({ REQUEST_METHOD, SCRIPT_NAME, PATH_INFO }: Environ): void {
  check(
    SCRIPT_NAME === "" || SCRIPT_NAME.startsWith("/"),
    `SCRIPT_NAME does not start with /: ${inspect(SCRIPT_NAME)}`,
  );
  check(SCRIPT_NAME !== "/", 'SCRIPT_NAME is "/"; the root is ""');
  const isAsterisk = PATH_INFO === "*" && REQUEST_METHOD === "OPTIONS";
  check(
    PATH_INFO === "" || PATH_INFO.startsWith("/") || isAsterisk,
    `PATH_INFO does not start with /: ${inspect(PATH_INFO)}`,
  );
}

function isLatin1(value: unknown): boolean {
  return typeof value === "string" && !/[^\x00-\xff]/.test(value);
}

/** What the application says about its response, and when. */
class ResponseWatch {
  started = false;
  readonly #startResponse: StartResponse;

  constructor(startResponse: StartResponse) {
    this.#startResponse = startResponse;
  }

  readonly startResponse: StartResponse = (status, headers, error, ...rest: unknown[]): Write => {
    check(rest.length === 0, "startResponse takes a status, headers and an error; more was passed");
    check(
      !this.started || error !== undefined,
      "startResponse was called twice; the second call needs an error",
    );
    checkStatusLine(status);
    checkHeaderList(headers);
    checkContentType(status, headers);
    this.started = true;
    const write = this.#startResponse(status, headers, error);
    return (data) => {
      checkChunk(data);
      return write(data);
    };
  };
}

function checkStatusLine(status: string): void {
  check(typeof status === "string", `the status must be text; found ${inspect(status)}`);
  check(
    /^[1-9][0-9]{2} /.test(status),
    `the status must be three digits, a space and a phrase; found ${inspect(status)}`,
  );
}

function checkHeaderList(headers: HeaderList): void {
  check(Array.isArray(headers), `the headers must be an array of pairs; found ${inspect(headers)}`);
  for (const header of headers) {
    check(
      Array.isArray(header) && header.length === 2,
      `a header must be a pair; found ${inspect(header)}`,
    );
    const [name, value] = header;
    check(
      typeof name === "string" && typeof value === "string",
      `a header must be two texts; found ${inspect(header)}`,
    );
    check(
      name.toLowerCase() !== "status",
      'there is a header "Status"; the status is the first argument',
    );
    check(/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(name), `bad header name ${inspect(name)}`);
    check(!/[-_]$/.test(name), `header name ${inspect(name)} ends in - or _`);
    check(
      !/[\x00-\x08\x0a-\x1f]/.test(value),
      `header ${name} has control characters: ${inspect(value)}`,
    );
  }
}

/** A response with content says of which type it is; one without has none. */
function checkContentType(status: string, headers: HeaderList): void {
  const code = status.slice(0, 3);
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  if (code === "204" || code === "304")
    check(!hasType, `Content-Type in a ${code} response, which has no content`);
  else check(hasType, `no Content-Type in a ${code} response`);
}

function checkChunk(chunk: Chunk): void {
  check(
    chunk instanceof Uint8Array,
    `a body consists of bytes (Uint8Array); found ${inspect(chunk)}`,
  );
}

/** The body as the server sees it: checks what comes out, and that it is closed once and not read after. */
function watchBody(body: Body, watch: ResponseWatch): Body {
  check(
    typeof body === "object" &&
      body !== null &&
      !(body instanceof Uint8Array) &&
      (Symbol.iterator in body || Symbol.asyncIterator in body),
    `an application returns an iterable of bytes; found ${inspect(body)}`,
  );
  let closed = false;
  const inspectChunk = (chunk: Chunk): Chunk => {
    check(!closed, "the body was read after it was closed");
    check(watch.started, "the body was read before startResponse was called");
    checkChunk(chunk);
    return chunk;
  };
  const close = (): void | Promise<void> => {
    check(!closed, "the body was closed twice");
    closed = true;
    return body.close?.();
  };
  if (Symbol.asyncIterator in body) {
    return {
      close,
      async *[Symbol.asyncIterator]() {
        for await (const chunk of body) yield inspectChunk(chunk);
      },
    };
  }
  return {
    close,
    *[Symbol.iterator]() {
      for (const chunk of body) yield inspectChunk(chunk);
    },
  };
}

function watchInput(input: InputStream): InputStream {
  const checkSize = (size: number | undefined): void =>
    check(
      size === undefined || (typeof size === "number" && size >= 0),
      `wsgi.input was read with the size ${inspect(size)}`,
    );
  const checked = async (read: Promise<Chunk>): Promise<Chunk> => {
    const chunk = await read;
    check(chunk instanceof Uint8Array, `wsgi.input gave ${inspect(chunk)} instead of bytes`);
    return chunk;
  };
  return {
    read(size) {
      checkSize(size);
      return checked(input.read(size));
    },
    readline(size) {
      checkSize(size);
      return checked(input.readline(size));
    },
    async *[Symbol.asyncIterator]() {
      for await (const chunk of input) {
        check(chunk instanceof Uint8Array, `wsgi.input gave ${inspect(chunk)} instead of bytes`);
        yield chunk;
      }
    },
  };
}

function watchErrors(errors: ErrorStream): ErrorStream {
  return {
    write(text) {
      check(typeof text === "string", `wsgi.errors takes text; found ${inspect(text)}`);
      errors.write(text);
    },
  };
}
