/**
 * Settings of the example project. Hover over a name for its meaning, unit and default.
 */
import { join } from "node:path";
import { defineSettings } from "minorswing/conf";
import { csrfMiddleware } from "minorswing/csrf";
import { messagesContext, messagesMiddleware } from "minorswing/messages";
import {
  commonMiddleware,
  securityMiddleware,
  xFrameOptionsMiddleware,
} from "minorswing/middleware";
import { sessionMiddleware } from "minorswing/sessions";
import { serverTiming } from "./middleware.ts";

export default defineSettings({
  DEBUG: true,
  SECRET_KEY: "minorswing-insecure-the-example-project-keeps-no-secrets-at-all",
  ALLOWED_HOSTS: [],
  ROOT_URLCONF: () => import("./urls.ts"),
  BASE_DIR: import.meta.dirname,
  MIDDLEWARE: [
    serverTiming,
    securityMiddleware,
    sessionMiddleware,
    commonMiddleware,
    csrfMiddleware,
    messagesMiddleware,
    xFrameOptionsMiddleware,
  ],
  TEMPLATES: {
    DIRS: [join(import.meta.dirname, "templates")],
    OPTIONS: {
      contextProcessors: [messagesContext],
      filters: { duration: formatDuration },
    },
  },
  STATIC_URL: "static/",
  STATIC_ROOT: join(import.meta.dirname, "collected"),
  STATICFILES_DIRS: [join(import.meta.dirname, "static")],
});

/** `{{ 130 | duration }}` → `2:10`. */
function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
