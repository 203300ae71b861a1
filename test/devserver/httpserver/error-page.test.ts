import { describe, expect, test } from "vitest";
import { errorPage } from "../../../devserver/httpserver/error-page.ts";

describe("errorPage", () => {
  test("is Python's page", () => {
    expect(
      String(
        errorPage({
          code: 501,
          message: "Unsupported method ('FOO')",
          explain: "Server does not support this operation",
        }),
      ),
    ).toBe(`<!DOCTYPE HTML>
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

  test("fills in a format of one's own as Python does", () => {
    const format = '<p style="width: 50%%; height: 5%">%(code)d %(message)s: %(explain)s</p>';

    const page = String(errorPage({ code: 404, message: "%%", explain: "gone" }, format));

    expect(page).toBe('<p style="width: 50%; height: 5%">404 %%: gone</p>');
  });

  test("shows what a client sent as text, not as markup", () => {
    const page = String(errorPage({ code: 400, message: "<script>&\0", explain: "" }));

    expect(page).toContain("<p>Message: &lt;script&gt;&amp;\\x00.</p>");
  });
});
