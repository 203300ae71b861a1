import { expect, test } from "vitest";
import { checkCsrf } from "../../../framework/csrf/checks.ts";
import { csrfMiddleware } from "../../../framework/csrf/middleware.ts";

const MIDDLEWARE = [csrfMiddleware];

test.each([
  [{ MIDDLEWARE: [] }, ["security.W003"]],
  [{ MIDDLEWARE }, ["security.W016"]],
  [{ MIDDLEWARE, CSRF_COOKIE_SECURE: true }, []],
  [{ MIDDLEWARE, CSRF_USE_SESSIONS: true }, []],
])("checkCsrf of %j finds %j", (settings, ids) => {
  const found = checkCsrf({
    settings: { CSRF_COOKIE_SECURE: false, CSRF_USE_SESSIONS: false, ...settings },
  });

  expect(found.map(({ id }) => id)).toEqual(ids);
});
