/**
 * A request that cannot be served because of how it is written.
 *
 * Layer 2 (httpserver). `status` is what the client is told, `message` why.
 */
export class HTTPRequestError extends Error {
  override readonly name = "HTTPRequestError";
  readonly status: number;
  /** The line at fault, as far as it was one; for the log. */
  requestLine = "";

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
