/**
 * The methods that make requests: what a factory and a client have in common.
 *
 * Layer 8 (testing). Source: Django test/client.py (`RequestFactory`, `ClientMixin`).
 * Differs from Django: everything but path and data is named; `data` of a GET is the option `query`.
 */
import type { RequestData } from "./request-data.ts";
import { pairsOf, type RequestPlan, type SendOptions } from "./request-environ.ts";

/** To be provided by a subclass: `generic`. */
export abstract class RequestMethods<Options extends SendOptions, Made> {
  get(path: string, options?: Options): Made {
    return this.generic("GET", path, undefined, options);
  }

  head(path: string, options?: Options): Made {
    return this.generic("HEAD", path, undefined, options);
  }

  trace(path: string, options?: Options): Made {
    return this.generic("TRACE", path, undefined, options);
  }

  /** An object is sent as `multipart/form-data`, as a form with files is, unless `contentType` says otherwise. */
  post(path: string, data?: RequestData, options?: Options): Made {
    return this.generic("POST", path, data, options);
  }

  /** An object is sent as JSON, unless `contentType` says otherwise. */
  put(path: string, data?: RequestData, options?: Options): Made {
    return this.generic("PUT", path, data, options);
  }

  /** As `put`. */
  patch(path: string, data?: RequestData, options?: Options): Made {
    return this.generic("PATCH", path, data, options);
  }

  /** As `put`. */
  delete(path: string, data?: RequestData, options?: Options): Made {
    return this.generic("DELETE", path, data, options);
  }

  /** As `put`. */
  options(path: string, data?: RequestData, options?: Options): Made {
    return this.generic("OPTIONS", path, data, options);
  }

  /** Any method. */
  abstract generic(method: string, path: string, data?: RequestData, options?: Options): Made;
}

/** What holds for every request of a factory or client; a request's own options count more. */
export interface RequestDefaults extends Pick<SendOptions, "environ" | "headers" | "secure"> {}

/** One request with the defaults filled in. */
export function planRequest(defaults: RequestDefaults, plan: RequestPlan): RequestPlan {
  return {
    ...plan,
    secure: plan.secure ?? defaults.secure ?? false,
    headers: [...pairsOf(defaults.headers), ...pairsOf(plan.headers)],
    environ: { ...defaults.environ, ...plan.environ },
  };
}
