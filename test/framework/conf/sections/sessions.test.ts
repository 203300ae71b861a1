import { expect, test } from "vitest";
import { defineSettings } from "../../../../framework/conf/define-settings.ts";

const required = { SECRET_KEY: "x", ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }) };

test.each<[input: Record<string, unknown>, message: string]>([
  [{ SESSION_ENGINE: "db" }, "SESSION_ENGINE must be a function that makes a store"],
  [{ SESSION_COOKIE_AGE: 0 }, "SESSION_COOKIE_AGE must be a whole number of seconds from 1 up"],
  [{ SESSION_COOKIE_NAME: "../id" }, "SESSION_COOKIE_NAME must be the name of a cookie"],
  [
    { SESSION_COOKIE_SAMESITE: "Lax" },
    'SESSION_COOKIE_SAMESITE must be "lax", "strict" or "none", or null',
  ],
  [{ SESSION_FILE_PATH: "sessions" }, "SESSION_FILE_PATH must be an absolute path or null"],
  [{ SESSION_SQLITE_PATH: "db" }, "SESSION_SQLITE_PATH must be an absolute path or null"],
  [{ MESSAGE_LEVEL: "info" }, "MESSAGE_LEVEL must be a whole number"],
  [{ MESSAGE_STORAGE: {} }, "MESSAGE_STORAGE must be a storage class"],
  [{ MESSAGE_TAGS: { error: "danger" } }, "MESSAGE_TAGS must be an object of tags by level"],
  [{ MESSAGE_TAGS: ["a"] }, "MESSAGE_TAGS must be an object of tags by level"],
])("settings refuse %o", (input, message) => {
  expect(() => defineSettings({ ...required, ...input })).toThrow(message);
});
