import { describe, expect, test } from "vitest";
import { cacheFolder, stateFolder } from "../../../devserver/cli/user-folders.ts";

describe("the cache folder", () => {
  test.each<[platform: NodeJS.Platform, env: Record<string, string>, folder: string]>([
    ["linux", { HOME: "/home/me" }, "/home/me/.cache/minorswing"],
    ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "/cache" }, "/cache/minorswing"],
    ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "not/absolute" }, "/home/me/.cache/minorswing"],
    ["darwin", { HOME: "/Users/me" }, "/Users/me/Library/Caches/minorswing"],
  ])("of %s with %o is %s", (platform, env, folder) => {
    expect(cacheFolder(env, platform)).toBe(folder);
  });
});

describe("the state folder", () => {
  test.each<[platform: NodeJS.Platform, env: Record<string, string>, folder: string]>([
    ["linux", { HOME: "/home/me" }, "/home/me/.local/state/minorswing"],
    ["linux", { HOME: "/home/me", XDG_STATE_HOME: "/state" }, "/state/minorswing"],
    ["linux", { HOME: "/home/me", XDG_STATE_HOME: "state" }, "/home/me/.local/state/minorswing"],
    ["linux", { HOME: "/home/me", LOCALAPPDATA: "/mnt/c" }, "/home/me/.local/state/minorswing"],
    ["darwin", { HOME: "/Users/me" }, "/Users/me/Library/Application Support/minorswing"],
  ])("of %s with %o is %s", (platform, env, folder) => {
    expect(stateFolder(env, platform)).toBe(folder);
  });
});
