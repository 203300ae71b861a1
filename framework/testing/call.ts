/**
 * One call of an application, without a server: what it says, and its body.
 *
 * Layer 8 (testing). Errors: whatever the application throws; `TypeError` and `BadHeaderError` where it breaks PEP 3333.
 */
import { checkHeaders, checkStatus } from "../adapters/response-head.ts";
import { describeValue } from "../utils/describe.ts";
import type { Body, Chunk, Environ, HeaderList, WSGIApplication } from "../wsgi.ts";

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  /** What was written before there was a body. */
  readonly written: readonly Chunk[];
  readonly body: Body;
}

/** Calls the application and waits until it has said status and headers. Its body is not begun, where that can be. */
export async function callApplication(
  application: WSGIApplication,
  environ: Environ,
): Promise<Answer> {
  let head: { status: string; headers: HeaderList } | undefined;
  const written: Chunk[] = [];
  const body = await application(environ, (status, headers, error) => {
    if (head !== undefined && error === undefined)
      throw new TypeError("startResponse() was called twice; the second call needs an error");
    checkStatus(status);
    checkHeaders(headers);
    head = { status, headers };
    return (data) => void written.push(checkChunk(data));
  });
  if (typeof body !== "object" || body === null)
    throw new TypeError(`The application returned ${describeValue(body)} instead of a body.`);
  if (head === undefined)
    throw new TypeError("The application returned without calling startResponse().");
  const { status, headers } = head;
  return { status: Number(status.slice(0, 3)), reason: status.slice(4), headers, written, body };
}

/** The chunks of a body; `close()` is called at its end, and when nobody wants more. */
export async function* chunksOf({ written, body }: Answer): AsyncGenerator<Chunk> {
  try {
    yield* written;
    for await (const chunk of body) yield checkChunk(chunk);
  } finally {
    await body.close?.();
  }
}

function checkChunk(chunk: Chunk): Chunk {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(
    `A response body consists of bytes (Uint8Array); found ${describeValue(chunk)}.`,
  );
}
