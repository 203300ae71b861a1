/**
 * The smallest application that shows something: its environ.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/simple_server.py (`demo_app`).
 */
import { inspect } from "node:util";
import type { Body, Environ, StartResponse } from "../../framework/wsgi.ts";

/** Answers `Hello world!` and the environ, sorted, a line each. */
export function demoApp(environ: Environ, startResponse: StartResponse): Body {
  const lines = Object.entries(environ)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key} = ${inspect(value, { depth: 0, breakLength: Infinity })}\n`);
  startResponse("200 OK", [["Content-Type", "text/plain; charset=utf-8"]]);
  return [Buffer.from(`Hello world!\n\n${lines.join("")}`)];
}
