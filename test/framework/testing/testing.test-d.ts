/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type { Assertion } from "vitest";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import { csrfExempt, csrfProtect } from "../../../framework/csrf/decorators.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { Client } from "../../../framework/testing/client.ts";
import { overrideSettings } from "../../../framework/testing/override-settings.ts";
import { RequestFactory } from "../../../framework/testing/request-factory.ts";
import "../../../framework/testing/vitest.ts";
import { path } from "../../../framework/urls/path.ts";

const settings = defineSettings({
  SECRET_KEY: "x",
  ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
  PAGE_SIZE: 20,
});

// A project's own settings keep their types, and can be changed.
overrideSettings(settings, { PAGE_SIZE: 5 }).PAGE_SIZE satisfies number;
overrideSettings(overrideSettings(settings, { DEBUG: true }), { PAGE_SIZE: 6 })
  .DEBUG satisfies boolean;
// @ts-expect-error -- a number
overrideSettings(settings, { PAGE_SIZE: "5" });
// @ts-expect-error -- a boolean
overrideSettings(settings, { DEBUG: "yes" });
// @ts-expect-error -- no such setting
overrideSettings(settings, { PAGESIZE: 1 });
// @ts-expect-error -- lower case is what cookies have
defineSettings({ ...settings, CSRF_COOKIE_SAMESITE: "Lax" });

const client = new Client(settings);
const response = await client.get("/", { query: { a: 1 }, follow: true });
response.json<{ a: number }>().a satisfies number;
// @ts-expect-error -- a query is an option, as everything but path and data
void client.get("/", { a: 1 });
// @ts-expect-error -- only a client can follow redirects
new RequestFactory().get("/", { follow: true });
// @ts-expect-error -- no such option
void new Client(settings, { enforceCsrf: true });

declare const claim: Assertion<void, typeof response>;
claim.toRedirectTo("/", { status: 301 }) satisfies void;
void (claim.toRedirectTo("/", { fetch: true }) satisfies Promise<void>);
// @ts-expect-error -- a number
claim.toHaveStatus("200");

// A decorated view keeps the type of its parameters.
path(
  "<int:pk>/",
  csrfExempt((_request, { pk }: { pk: number }) => new HttpResponse(String(pk))),
);
path(
  "<str:pk>/",
  // @ts-expect-error -- this route gives a string
  csrfProtect((_request, { pk }: { pk: number }) => new HttpResponse(String(pk))),
);
