import { describe, expect, test } from "vitest";
import { runChecks } from "../../../framework/checks/registry.ts";
import { settingsChecks } from "../../../framework/conf/checks.ts";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import type { Settings } from "../../../framework/conf/settings.ts";

const STRONG = "n0t-so-S3cret/but-long.enough_for=these+checks*and!more";

async function idsFor(
  overrides: Partial<Settings>,
  deploy = true,
): Promise<(string | undefined)[]> {
  const settings = defineSettings({
    SECRET_KEY: STRONG,
    ALLOWED_HOSTS: ["example.com"],
    ROOT_URLCONF: async () => ({ urlpatterns: [] }),
    ...overrides,
  });
  return (await runChecks({ settings }, settingsChecks, { deploy })).map(({ id }) => id);
}

describe("the security checks of settings", () => {
  test("find nothing in good ones", async () => {
    expect(await idsFor({})).toEqual([]);
  });

  test.each<[id: string, overrides: Partial<Settings>]>([
    ["security.W009", { SECRET_KEY: STRONG.slice(0, 49) }],
    ["security.W009", { SECRET_KEY: "abcd".repeat(20) }],
    ["security.W009", { SECRET_KEY: `minorswing-insecure-${STRONG}` }],
    ["security.W009", { SECRET_KEY: `django-insecure-${STRONG}` }],
    ["security.W018", { DEBUG: true }],
    ["security.W020", { ALLOWED_HOSTS: [] }],
    ["security.W025", { SECRET_KEY_FALLBACKS: [STRONG, "short"] }],
  ])("%s for %o, in deployment only", async (id, overrides) => {
    expect(await idsFor(overrides)).toEqual([id]);
    expect(await idsFor(overrides, false)).toEqual([]);
  });

  test("never print a key", async () => {
    const settings = { SECRET_KEY: "hush", SECRET_KEY_FALLBACKS: ["psst"] };

    const messages = await runChecks(
      { settings: { ...settings, DEBUG: false, ALLOWED_HOSTS: ["*"] } },
      settingsChecks,
      { deploy: true },
    );

    expect(messages.map(String).join("\n")).not.toMatch(/hush|psst/);
    expect(messages[1]?.msg).toMatch(/^Your SECRET_KEY_FALLBACKS\[0\] has less than 50 characters/);
  });
});
