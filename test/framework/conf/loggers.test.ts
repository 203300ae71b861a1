import { afterEach, describe, expect, test, vi } from "vitest";
import { defineSettings, type SettingsInput } from "../../../framework/conf/define-settings.ts";
import {
  applicationLogger,
  requestLogger,
  setDefaultLog,
  withRequestLog,
} from "../../../framework/conf/loggers.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import { HttpRequest } from "../../../framework/http/request.ts";
import { Templates } from "../../../framework/templates/engine.ts";
import { URLResolver } from "../../../framework/urls/resolver.ts";
import { getLogger, type LogLevel } from "../../../framework/utils/logger.ts";
import { RecordingLogger } from "../../support/loggers.ts";
import { makeEnviron } from "../../support/wsgi.ts";

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

function settingsOf(given: Partial<SettingsInput> = {}): Settings {
  return defineSettings({
    SECRET_KEY: "for tests",
    ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
    ...given,
  });
}

/** A request of a site with these settings, and what is written to its `wsgi.errors`. */
function requestOf(settings: Settings): { request: HttpRequest; errors: string[] } {
  const { environ, errors } = makeEnviron();
  const request = new HttpRequest(environ);
  const resolver = new URLResolver([]);
  request.app = { settings, resolver, templates: new Templates(settings, resolver) };
  return { request, errors };
}

/** The levels that come through. */
function written(name: string, given: Partial<SettingsInput>): string {
  const { request, errors } = requestOf(settingsOf(given));
  const logger = requestLogger(request, name);
  for (const level of LEVELS) logger[level](level);
  return errors.join("").replaceAll("\n", " ").trim();
}

afterEach(() => {
  vi.restoreAllMocks();
  setDefaultLog(settingsOf());
});

describe("levels", () => {
  test.each([
    ["minorswing.request", { DEBUG: true }, "info warn error"],
    ["minorswing.request", { DEBUG: false }, "error"],
    ["polls", { DEBUG: false }, "info warn error"],
    ["minorswingers", { DEBUG: false }, "info warn error"],
  ])("of %s with %o are %o unless LOGGING says otherwise", (name, given, expected) => {
    expect(written(name, given)).toBe(expected);
  });

  test("can be set by name, for that and everything below it", () => {
    const LOGGING = {
      levels: { "minorswing.security": "debug", "minorswing.security.csrf": "silent", "": "error" },
    } as const;

    expect(written("minorswing.security", { LOGGING })).toBe("debug info warn error");
    expect(written("minorswing.security.DisallowedHost", { LOGGING })).toBe(
      "debug info warn error",
    );
    expect(written("minorswing.security.csrf", { LOGGING })).toBe("");
    expect(written("minorswing.request", { LOGGING })).toBe("error");
    expect(written("polls", { LOGGING })).toBe("error");
  });

  test("of a logger of one's own: it gets all from info up, and everything of the site", () => {
    const logger = new RecordingLogger();
    const { request } = requestOf(settingsOf({ LOGGING: { logger } }));
    for (const name of ["minorswing.request", "polls"])
      for (const level of LEVELS) requestLogger(request, name)[level](`${name} ${level}`);

    expect(logger.lines.map(({ message }) => message)).toEqual([
      "minorswing.request info",
      "minorswing.request warn",
      "minorswing.request error",
      "polls debug",
      "polls info",
      "polls warn",
      "polls error",
    ]);
  });

  test.each([
    [{ levels: { polls: "loud" } }],
    [{ logger: { info: () => undefined } }],
    [{ logger: "console" }],
    [null],
  ])("and loggers are checked: %o is refused", (LOGGING) => {
    expect(() => settingsOf({ LOGGING: LOGGING as never })).toThrow(
      "LOGGING must be an object such as { logger: console",
    );
  });
});

describe("a line", () => {
  test("of a request goes to its wsgi.errors, with its id", () => {
    const { request, errors } = requestOf(settingsOf());
    request.requestId = "4f1c";

    requestLogger(request, "polls").warn("odd vote", { choice: 3 });

    expect(errors).toEqual(["odd vote choice=3 requestId=4f1c\n"]);
  });

  test("of no request goes to stderr", () => {
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);

    applicationLogger(settingsOf(), "minorswing.checks").error("broken");

    expect(stderr.mock.calls).toEqual([["broken\n"]]);
  });

  test("of a module's logger belongs to the request it is written in, else to the site built last", async () => {
    const site = new RecordingLogger();
    const log = getLogger("polls");
    setDefaultLog(settingsOf({ LOGGING: { logger: site } }));
    const { request, errors } = requestOf(settingsOf());
    request.requestId = "1";

    log.info("outside");
    await withRequestLog(request, async () => {
      await Promise.resolve();
      log.info("inside");
    });

    expect(site.lines.map(({ message }) => message)).toEqual(["outside"]);
    expect(errors).toEqual(["inside requestId=1\n"]);
  });

  test("that cannot be written disturbs nobody", () => {
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const logger = new RecordingLogger();
    vi.spyOn(logger, "warn").mockImplementation(() => {
      throw new Error("disk full");
    });
    const { request } = requestOf(settingsOf({ LOGGING: { logger } }));

    requestLogger(request, "polls").warn("odd");

    expect(String(stderr.mock.calls[0])).toMatch(/^A logger failed: Error: disk full\n/);
  });

  test("before there are settings: warnings and errors, to stderr", async () => {
    vi.resetModules();
    const fresh = await import("../../../framework/utils/logger.ts");
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);

    for (const level of LEVELS) fresh.getLogger("polls")[level](level, { a: 1 });

    expect(stderr.mock.calls).toEqual([["warn { a: 1 }\n"], ["error { a: 1 }\n"]]);
  });
});
