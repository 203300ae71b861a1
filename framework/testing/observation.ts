/**
 * What a request leaves behind while it is answered, besides its response: templates, contexts, the error.
 *
 * Layer 8 (testing). Source: Django test/client.py (`store_rendered_templates`, `store_exc_info`).
 * Requests are told apart by the call they began in, so that several may be under way at once.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { gotRequestException, templateRendered } from "../signals/core.ts";

export class Observation {
  /** In the order in which they were rendered. */
  readonly templates: string[] = [];
  /** One for each of them. */
  readonly contexts: Readonly<Record<string, unknown>>[] = [];
  /** The first that was answered with 500. An object, since anything can be thrown. */
  exception: { readonly error: unknown } | undefined;
  /** As the handler has made it. */
  request: HttpRequest | undefined;
  /** As it left the outermost middleware. */
  response: HttpResponseBase | undefined;
}

const current = new AsyncLocalStorage<Observation>();

/** The observation that the running code belongs to, if any. */
export function currentObservation(): Observation | undefined {
  return current.getStore();
}

/** Runs `call`, and notes what it and all that it starts leaves behind. */
export function observe<Result>(observation: Observation, call: () => Result): Result {
  listen();
  return current.run(observation, call);
}

/** Once for the whole process: connecting the same receivers again changes nothing. */
function listen(): void {
  templateRendered.connect(noteTemplate);
  gotRequestException.connect(noteException);
}

function noteTemplate(event: {
  template: string;
  context: Readonly<Record<string, unknown>>;
}): void {
  const observation = current.getStore();
  observation?.templates.push(event.template);
  // A copy, since the context may change while the page goes on.
  observation?.contexts.push({ ...event.context });
}

function noteException({ error }: { error: unknown }): void {
  const observation = current.getStore();
  if (observation !== undefined) observation.exception ??= { error };
}
