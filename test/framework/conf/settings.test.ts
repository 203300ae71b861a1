import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defineSettings, type SettingsInput } from "../../../framework/conf/define-settings.ts";
import { loadSettings, loadURLConf } from "../../../framework/conf/load.ts";
import { ImproperlyConfigured } from "../../../framework/exceptions.ts";
import { makeProject, settingsSource } from "../../support/projects.ts";

const required = { SECRET_KEY: "x", ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }) };

describe("defineSettings", () => {
  test("fills in defaults, keeps the project's own, and freezes", () => {
    const settings = defineSettings({ ...required, DEBUG: true, PAGE_SIZE: 20 });

    expect(settings.DEBUG).toBe(true);
    expect(settings.APPEND_SLASH).toBe(true);
    expect(settings.PAGE_SIZE).toBe(20);
    expect(Object.isFrozen(settings)).toBe(true);
  });

  test("takes an explicit undefined as not given", () => {
    const settings = defineSettings({ ...required, DEBUG: undefined } as unknown as SettingsInput);

    expect(settings.DEBUG).toBe(false);
  });

  test.each<[input: Record<string, unknown>, message: string]>([
    [{ DEBUG: "yes" }, 'DEBUG must be true or false; found "yes" (a string).'],
    [{ SECRET_KEY: "" }, 'SECRET_KEY must be a string that is not empty; found "" (a string).'],
    [{ SECRET_KEY: undefined }, "SECRET_KEY is missing: it must be a string that is not empty."],
    [{ ROOT_URLCONF: "urls" }, "ROOT_URLCONF must be a function that imports the URLconf"],
    [
      { ALLOWED_HOSTS: "a.com" },
      'ALLOWED_HOSTS must be an array of host names; found "a.com" (a string).',
    ],
    [
      { MIDDLEWARE: [undefined] },
      "MIDDLEWARE must be an array of middleware functions; found [undefined].",
    ],
    [{ TEMPLATES: { DIRS: ["templates"] } }, 'found { DIRS: ["templates" (a string)] }'],
    [
      { DATA_UPLOAD_MAX_MEMORY_SIZE: -1 },
      "a whole number from 0 up, or null for no limit; found -1 (a number)",
    ],
    [{ FORCE_SCRIPT_NAME: 1 }, "FORCE_SCRIPT_NAME must be a string or null; found 1 (a number)."],
    [{ USE_X_FORWARDED_HOST: 1 }, "USE_X_FORWARDED_HOST must be true or false"],
    [
      { SECURE_PROXY_SSL_HEADER: ["X-Forwarded-Proto"] },
      'SECURE_PROXY_SSL_HEADER must be a header and its value, such as ["X-Forwarded-Proto", "https"], or null; found ["X-Forwarded-Proto" (a string)].',
    ],
    [{ X_FRAME_OPTIONS: "NEVER" }, 'X_FRAME_OPTIONS must be "DENY" or "SAMEORIGIN"'],
    [{ debug: true }, "Setting 'debug' must be in UPPER_CASE."],
  ])("refuses %o", (input, message) => {
    expect(() => defineSettings({ ...required, ...input })).toThrow(message);
  });

  test("names everything that is wrong at once", () => {
    const input = { DEBUG: 1, APPEND_SLASH: 1 } as unknown as SettingsInput;

    expect(() => defineSettings(input)).toThrow(
      /SECRET_KEY is missing[\s\S]+DEBUG must be[\s\S]+APPEND_SLASH must be/,
    );
  });

  test("refuses what is no object", () => {
    expect(() => defineSettings(undefined as unknown as SettingsInput)).toThrow(
      "defineSettings takes an object; found undefined",
    );
  });
});

describe("loading", () => {
  test("gives the settings and the resolver of a project", async () => {
    using folder = await makeProject();

    const settings = await loadSettings(join(folder.path, "settings.ts"));
    const resolver = await loadURLConf(settings);

    expect(settings.DEBUG).toBe(true);
    expect(resolver.isValidPath("/boom/")).toBe(true);
  });

  test.each<[what: string, files: Record<string, string>, message: RegExp]>([
    [
      "throw",
      { "settings.ts": 'throw new Error("no");' },
      /settings\.ts could not be loaded \(\S+settings\.ts:1\): no$/,
    ],
    ["do not parse", { "settings.ts": "export default {" }, /settings\.ts could not be loaded/],
    [
      "export a plain object",
      { "settings.ts": "export default { DEBUG: true };" },
      /its default export is an object\.$/,
    ],
    ["export nothing", { "settings.ts": "" }, /it has no default export\.$/],
  ])("names a settings file whose contents %s", async (_what, files, message) => {
    using folder = await makeProject(files);

    const loading = loadSettings(join(folder.path, "settings.ts"));

    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toBeInstanceOf(ImproperlyConfigured);
  });

  test("names a settings file that is not there", async () => {
    await expect(loadSettings("/no/such/settings.ts")).rejects.toThrow(
      "There is no settings file /no/such/settings.ts.",
    );
  });

  test.each<[what: string, source: string, message: RegExp]>([
    [
      "is not there",
      settingsSource("DEBUG: true").replace("urls", "urlz"),
      /The URLconf .+ could not be loaded.*: Cannot find module/,
    ],
    [
      "exports none",
      settingsSource("DEBUG: true").replace("urls", "views"),
      /The URLconf .+ does not appear to have any patterns in it/,
    ],
  ])("names a URLconf that %s", async (_what, source, message) => {
    using folder = await makeProject({ "settings.ts": source });
    const settings = await loadSettings(join(folder.path, "settings.ts"));

    await expect(loadURLConf(settings)).rejects.toThrow(message);
  });

  test("names what urlpatterns is when it is no list", async () => {
    const settings = defineSettings({
      ...required,
      ROOT_URLCONF: () => Promise.resolve({ urlpatterns: "home" as never }),
    });

    await expect(loadURLConf(settings)).rejects.toThrow(
      'must be an array; found "home" (a string)',
    );
  });
});
