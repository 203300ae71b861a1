/**
 * The errors that more than one layer knows. An error that a single module throws lives in that module.
 *
 * Layer 0. Each has a stable `code`, listed in docs/errors.md; a test compares both lists.
 * Source: Django core/exceptions.py, http/__init__.py; statuses from reference table "Exception to response".
 */

/** The base of every error this framework throws on purpose. `code` never changes between versions. */
export abstract class FrameworkError extends Error {
  abstract readonly code: string;
}

/** The project is set up wrongly: settings, URLconf, middleware. The message says where and how to mend it. */
export class ImproperlyConfigured extends FrameworkError {
  override readonly name: string = "ImproperlyConfigured";
  readonly code: string = "conf.improperly_configured";
}

/** Thrown by a middleware when it is built: the chain goes on without it. */
export class MiddlewareNotUsed extends FrameworkError {
  override readonly name: string = "MiddlewareNotUsed";
  readonly code: string = "conf.middleware_not_used";
}

/** There is nothing at this address. Answered with 404. */
export class Http404 extends FrameworkError {
  override readonly name: string = "Http404";
  readonly code: string = "http.not_found";
}

/** The user may not do this. Answered with 403. */
export class PermissionDenied extends FrameworkError {
  override readonly name: string = "PermissionDenied";
  readonly code: string = "http.permission_denied";
}

/** The request itself makes no sense. Answered with 400. */
export class BadRequest extends FrameworkError {
  override readonly name: string = "BadRequest";
  readonly code: string = "http.bad_request";
}

/** Somebody may be trying something. Answered with 400. */
export class SuspiciousOperation extends FrameworkError {
  override readonly name: string = "SuspiciousOperation";
  readonly code: string = "http.suspicious_operation";
}

/** The `Host` header names no host of this site. */
export class DisallowedHost extends SuspiciousOperation {
  override readonly name: string = "DisallowedHost";
  override readonly code: string = "http.disallowed_host";
}

/** A redirect to a scheme that could run code or leave the web. */
export class DisallowedRedirect extends SuspiciousOperation {
  override readonly name: string = "DisallowedRedirect";
  override readonly code: string = "http.disallowed_redirect";
}

/** The request body is larger than the site reads into memory. Answered with 413. */
export class RequestDataTooBig extends SuspiciousOperation {
  override readonly name = "RequestDataTooBig";
  override readonly code = "http.request_data_too_big";
  readonly status = 413;

  constructor(
    message = "Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** More parameters than a form can have; a way to burn a server's time. Answered with 400 in a query string, 413 in a body. */
export class TooManyFieldsSent extends SuspiciousOperation {
  override readonly name = "TooManyFieldsSent";
  override readonly code = "http.too_many_fields";
  readonly status: 400 | 413;

  constructor(options: { readonly status?: 400 | 413 } = {}) {
    super("The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.");
    this.status = options.status ?? 400;
  }
}

/** More files than a request may have. Answered with 413. */
export class TooManyFilesSent extends SuspiciousOperation {
  override readonly name = "TooManyFilesSent";
  override readonly code = "http.too_many_files";
  readonly status = 413;

  constructor() {
    super("The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES.");
  }
}
