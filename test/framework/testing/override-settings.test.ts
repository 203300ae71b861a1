import { expect, test } from "vitest";
import { overrideSettings } from "../../../framework/testing/override-settings.ts";
import { siteOf } from "./sites.ts";

const site = siteOf([], { APPEND_SLASH: false });

test("overrideSettings gives new settings and leaves the old ones alone", () => {
  const changed = overrideSettings(site, { X_FRAME_OPTIONS: "SAMEORIGIN" });

  expect(changed).toMatchObject({ X_FRAME_OPTIONS: "SAMEORIGIN", APPEND_SLASH: false });
  expect(site.X_FRAME_OPTIONS).toBe("DENY");
  expect(Object.isFrozen(changed)).toBe(true);
});

test("overrideSettings checks like defineSettings", () => {
  expect(() => overrideSettings(site, { ALLOWED_HOSTS: "x" as unknown as string[] })).toThrow(
    "ALLOWED_HOSTS must be an array of host names",
  );
});
