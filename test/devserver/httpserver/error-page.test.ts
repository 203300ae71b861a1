import { describe, expect, test } from "vitest";
import { errorPage } from "../../../devserver/httpserver/error-page.ts";

describe("errorPage", () => {
  test("is Python's page", () => {
    expect(String(errorPage(501, "Unsupported method ('FOO')"))).toBe(`<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: 501</p>
        <p>Message: Unsupported method ('FOO').</p>
        <p>Error code explanation: 501 - Server does not support this operation.</p>
    </body>
</html>
`);
  });

  test("shows what a client sent as text, not as markup", () => {
    const page = String(errorPage(400, "<script>&\0"));

    expect(page).toContain("<p>Message: &lt;script&gt;&amp;\\x00.</p>");
  });
});
