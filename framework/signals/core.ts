/**
 * The signals of a request's life.
 *
 * Layer 1. Source: Django core/signals.py.
 */
import type { Environ } from "../wsgi.ts";
import { Signal } from "./signal.ts";

/** A request came in; nothing has been computed yet. */
export const requestStarted: Signal<{ environ: Environ }> = new Signal<{ environ: Environ }>();

/** The response is closed: for a streaming one, after its last byte. */
export const requestFinished: Signal<{ environ: Environ }> = new Signal<{ environ: Environ }>();

/** A view, middleware or error handler threw something the framework answers with 500. */
export const gotRequestException: Signal<{ error: unknown; request: object }> = new Signal<{
  error: unknown;
  request: object;
}>();

/**
 * A template is being rendered; also one that another extends, includes or imports. `context` has all names that it
 * sees, save those of loops and blocks. For tests and tools: while nobody listens it costs nothing.
 */
export const templateRendered: Signal<TemplateRendered> = new Signal<TemplateRendered>();

export interface TemplateRendered {
  /** Its name. */
  readonly template: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** What it is rendered for: an `HttpRequest`. */
  readonly request: object | undefined;
}
