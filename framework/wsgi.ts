/**
 * The WSGI contract in TypeScript: where the server half (`devserver/`) and the framework half meet.
 *
 * Layer 0. Types only; nothing here runs.
 * Units: header names and values and every CGI string are "bytes as latin-1" (one char per byte).
 * Source: PEP 3333. Differs from it: anything that may wait may also return a promise, an error
 * object takes the place of Python's `exc_info`, and `close()` may be asynchronous.
 */

/** One piece of a body. Always bytes: a string would hide its encoding. */
export type Chunk = Uint8Array;

/** Response headers in the order they go out. The same name may occur more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** Sends bytes at once, before the body that the application returns. Returns a promise only when the client is slower than the application. */
export type Write = (data: Chunk) => void | Promise<void>;

/**
 * Announces status (`"200 OK"`) and headers. They leave with the first non-empty chunk of the body.
 * May be called again only with `error`; throws that error when the headers are already out.
 */
export type StartResponse = (status: string, headers: HeaderList, error?: unknown) => Write;

/**
 * The response body. `close()` is called exactly once, in every outcome: success, error, client gone.
 * An array of one chunk gets its `Content-Length` from the server.
 */
export type Body = (Iterable<Chunk> | AsyncIterable<Chunk>) & { close?(): void | Promise<void> };

/** An application: our framework, a bare function, or a middleware around either. */
export type WSGIApplication = (
  environ: Environ,
  startResponse: StartResponse,
) => Body | Promise<Body>;

/** The request body. It ends where the body ends, whatever follows on the connection. */
export interface InputStream extends AsyncIterable<Chunk> {
  /** At most `size` bytes, or all that is left. Empty means the body has ended. */
  read(size?: number): Promise<Chunk>;
  /** Up to and including the next line feed, at most `size` bytes. Empty means the body has ended. */
  readline(size?: number): Promise<Chunk>;
}

/** What `wsgi.file_wrapper` takes: anything that is read in pieces. An empty piece is its end. */
export interface FileLike {
  read(size: number): Chunk | Promise<Chunk>;
  close?(): void | Promise<void>;
}

/** Makes a body of a file; the server may know a faster way to send it than piece by piece. */
export type FileWrapper = (file: FileLike, blockSize?: number) => Body;

/** The client of one request, as far as a server can tell. */
export interface ClientConnection {
  /** Calls `listener` when the client has gone away, at once if it has. Dispose it when that is of no interest any more. */
  onGone(listener: (error: Error) => void): Disposable;
}

/** Where an application reports what went wrong. Text, not bytes. */
export interface ErrorStream {
  write(text: string): void;
}

/** What a server says about one request. A plain object that belongs to the application. */
export interface Environ {
  /** The method exactly as sent; any token is possible. */
  REQUEST_METHOD: string;
  /** Where the application is mounted: `""` at the root, else without a trailing slash. */
  SCRIPT_NAME: string;
  /** The percent-decoded path, bytes as latin-1. */
  PATH_INFO: string;
  /** What follows the `?`, still encoded. */
  QUERY_STRING: string;
  SERVER_NAME: string;
  SERVER_PORT: string;
  /** `"HTTP/1.1"` and the like. */
  SERVER_PROTOCOL: string;
  /** The client's address without its port. */
  REMOTE_ADDR?: string;
  /** Absent when the request has no such header. */
  CONTENT_TYPE?: string;
  /** Absent when unknown, as with a chunked body. */
  CONTENT_LENGTH?: string;
  "wsgi.version": readonly [1, 0];
  "wsgi.url_scheme": "http" | "https";
  "wsgi.input": InputStream;
  "wsgi.errors": ErrorStream;
  "wsgi.multithread": boolean;
  "wsgi.multiprocess": boolean;
  "wsgi.run_once": boolean;
  /** Absent where a server has none; look before you use it. */
  "wsgi.file_wrapper"?: FileWrapper;
  /** Not of PEP 3333: who waits for the answer. Absent where a server cannot tell. */
  "minorswing.client"?: ClientConnection;
  /** Not of PEP 3333: an application sets it when a request is worth no line in the access log. */
  "minorswing.unlogged"?: boolean;
  [header: `HTTP_${string}`]: string | undefined;
  [extension: string]: unknown;
}
