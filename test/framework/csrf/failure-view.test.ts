import { describe, expect, test } from "vitest";
import { HttpResponse } from "../../../framework/http/response.ts";
import { HttpResponseForbidden } from "../../../framework/http/responses.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { ask, form, secureForm } from "./sites.ts";

const HTML = { HTTP_ACCEPT: "text/html" };

describe("the page for a refused request", () => {
  test("says little without DEBUG", async () => {
    const answer = await ask(form(null));

    expect(answer.status).toBe("403 Forbidden");
    expect(answer.header("Content-Type")).toBe("text/html; charset=utf-8");
    expect(answer.text).toContain("<title>403 Forbidden</title>");
    expect(answer.text).toContain("<p>CSRF verification failed. Request aborted.</p>");
    expect(answer.text).toContain("More information is available with DEBUG=true.");
    expect(answer.text).not.toContain("CSRF token missing");
  });

  test("explains to visitors what their browser keeps back", async () => {
    const noCookie = await ask(form(null, {}, null));
    const noReferer = await ask(secureForm());

    expect(noCookie.text).toContain("this site requires a CSRF cookie when submitting forms.");
    expect(noReferer.text).toContain("requires a “Referer header” to be sent by your web browser");
  });

  test("gives the reason and a list to go through with DEBUG", async () => {
    const answer = await ask(form(null, HTML), { DEBUG: true });

    expect(answer.text).toContain("<title>403 Forbidden</title>");
    expect(answer.text).toContain("<pre>CSRF token missing.</pre>");
    expect(answer.text).toContain("{% csrf_token %} inside");
  });

  test("is plain text with DEBUG for who does not ask for HTML", async () => {
    const answer = await ask(form(null), { DEBUG: true });

    expect(answer.header("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(answer.text).toMatch(
      /^403 Forbidden\nCSRF verification failed. Request aborted.\nCSRF token missing.\n\n- Your/,
    );
  });

  test("escapes what the request says", async () => {
    const answer = await ask(form(undefined, { ...HTML, HTTP_ORIGIN: "<script>" }), {
      DEBUG: true,
    });

    expect(answer.text).toContain("Origin checking failed - &lt;script&gt; does");
    expect(answer.text).not.toContain("<script>");
  });
});

describe("with DEBUG, a refused origin", () => {
  const settings = { DEBUG: true, CSRF_TRUSTED_ORIGINS: ["https://a.example"] };

  test("comes with the one that was expected, and the setting that accepts it", async () => {
    const answer = await ask(form(undefined, { HTTP_ORIGIN: "http://localhost:5173" }), settings);

    expect(answer.text.split("\n").slice(4)).toEqual([
      "Found: http://localhost:5173",
      "Expected: http://testserver",
      "Or one of CSRF_TRUSTED_ORIGINS: https://a.example",
      "Host: testserver",
      "If the site at this origin is yours (a development proxy or tunnel changes host or scheme on the way):",
      '    CSRF_TRUSTED_ORIGINS: ["https://a.example","http://localhost:5173"],',
      "",
    ]);
  });

  test("that a tunnel forwards names the settings that believe the tunnel, first", async () => {
    const tunnel = {
      HTTP_ORIGIN: "https://x.tunnel.example",
      HTTP_X_FORWARDED_HOST: "x.tunnel.example",
      HTTP_X_FORWARDED_PROTO: "https",
      HTTP_SEC_FETCH_SITE: "same-site",
    };

    const answer = await ask(form(undefined, tunnel), settings);

    expect(answer.text).toMatch(
      /USE_X_FORWARDED_HOST: true,[^]*SECURE_PROXY_SSL_HEADER: \["X-Forwarded-Proto", "https"\],[^]*CSRF_TRUSTED_ORIGINS/,
    );
    expect(answer.text).toContain("Sec-Fetch-Site: same-site");
  });

  test("that is hidden names the policy that hides it, and nothing to trust", async () => {
    const answer = await ask(form(undefined, { HTTP_ORIGIN: "null" }), settings);

    expect(answer.text).toContain('SECURE_REFERRER_POLICY: "same-origin"');
    expect(answer.text).not.toContain("CSRF_TRUSTED_ORIGINS: [");
  });

  test("is shown as a table to browsers", async () => {
    const answer = await ask(
      form(undefined, { ...HTML, HTTP_ORIGIN: "http://b.example" }),
      settings,
    );

    expect(answer.text).toContain("<tr><th>Found</th><td>http://b.example</td></tr>");
    expect(answer.text).toContain("<tr><th>Expected</th><td>http://testserver</td></tr>");
  });

  test("is told from the Referer where there is no Origin", async () => {
    const answer = await ask(
      secureForm({ HTTP_REFERER: "https://evil.example/page?a=1" }),
      settings,
    );

    expect(answer.text).toContain(
      "Found: https://evil.example\nExpected: https://www.example.com\n",
    );
  });
});

describe("another page", () => {
  test("is that of CSRF_FAILURE_VIEW, which gets the reason", async () => {
    const CSRF_FAILURE_VIEW = (_request: unknown, reason: string) =>
      Promise.resolve(new HttpResponse(reason, { status: 418 }));

    const answer = await ask(form(null), { CSRF_FAILURE_VIEW });

    expect(answer.status).toBe("418 I'm a Teapot");
    expect(answer.text).toBe("CSRF token missing.");
  });

  test("may be a plain one", async () => {
    const answer = await ask(form(null), {
      CSRF_FAILURE_VIEW: () => new HttpResponseForbidden("no"),
    });

    expect(answer.text).toBe("no");
  });

  test("is the template 403_csrf.html", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "403_csrf.html": "{{ title }}: {{ main }} {{ reason }}" });

    const answer = await ask(form(null), { TEMPLATES: { DIRS: [folder.path] } });

    expect(answer.status).toBe("403 Forbidden");
    expect(answer.text).toBe(
      "Forbidden: CSRF verification failed. Request aborted. CSRF token missing.",
    );
  });

  test("that includes a template which does not exist is an error, not the framework's page", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "403_csrf.html": '{% include "gone.html" %}' });

    const answer = await ask(form(null), { TEMPLATES: { DIRS: [folder.path] } });

    expect(answer.status).toBe("500 Internal Server Error");
    expect(answer.errors).toContain("gone.html");
  });
});
