/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import { defineSettings } from "../../../framework/conf/define-settings.ts";

const required = { SECRET_KEY: "x", ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }) };

const settings = defineSettings({ ...required, PAGE_SIZE: 20, DEBUG: true });
settings.PAGE_SIZE satisfies number;
settings.APPEND_SLASH satisfies boolean;

// @ts-expect-error -- frozen
settings.DEBUG = false;
// @ts-expect-error -- no such setting
void settings.PAGESIZE;
// @ts-expect-error -- a boolean
defineSettings({ ...required, DEBUG: "yes" });
// @ts-expect-error -- SECRET_KEY and ROOT_URLCONF are required
defineSettings({ DEBUG: true });
// @ts-expect-error -- a middleware is a function
defineSettings({ ...required, MIDDLEWARE: ["minorswing.middleware.common"] });
// @ts-expect-error -- the module exports no urlpatterns
defineSettings({ ...required, ROOT_URLCONF: () => Promise.resolve({ patterns: [] }) });
