/**
 * The page for a request that the server itself refuses.
 *
 * Layer 2 (httpserver). Pure. Source: CPython http/server.py (`DEFAULT_ERROR_MESSAGE`).
 */
import { escapeHtml } from "./escape-html.ts";
import { escapeForLog } from "./log-escape.ts";
import { explanationOf } from "./responses.ts";

export function errorPage(code: number, message: string): Buffer {
  return Buffer.from(`<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: ${code}</p>
        <p>Message: ${escapeHtml(escapeForLog(message))}.</p>
        <p>Error code explanation: ${code} - ${escapeHtml(explanationOf(code))}.</p>
    </body>
</html>
`);
}
