import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../framework/conf/defaults.ts";
import { checkSessions } from "../../../framework/sessions/checks.ts";
import { sessionMiddleware } from "../../../framework/sessions/middleware.ts";

const GOOD = {
  ...DEFAULT_SETTINGS,
  MIDDLEWARE: [sessionMiddleware],
  SESSION_COOKIE_SECURE: true,
  SESSION_COOKIE_HTTPONLY: true,
};

test.each<[ids: string[], overrides: Partial<typeof GOOD>]>([
  [[], {}],
  [["security.W011"], { SESSION_COOKIE_SECURE: false }],
  [["security.W014"], { SESSION_COOKIE_HTTPONLY: false }],
  [[], { MIDDLEWARE: [], SESSION_COOKIE_SECURE: false }],
])("the session checks find %j for %o", (ids, overrides) => {
  expect(checkSessions({ settings: { ...GOOD, ...overrides } }).map(({ id }) => id)).toEqual(ids);
});
