import { describe, expect, test } from "vitest";
import { devserver, makeProject, settingsSource } from "../../../support/projects.ts";

const URLS = `import { include, path } from "minorswing/urls";
import { home, slow } from "./views.ts";
import { inner } from "./inner/urls.ts";
export const urlpatterns = [
  path("", home, { name: "home" }),
  path("a/<slug:site>/", include(inner, { namespace: "inner" })),
  path("a/b/c/", () => null),
];
`;
const INNER = `import { path } from "minorswing/urls";
import { slow } from "../views.ts";
export const inner = [
  path("new/", slow, { name: "new" }),
  path("<int:pk>/", slow, { name: "detail" }),
];
`;

async function routes(
  ...args: string[]
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  using folder = await makeProject({
    "urls.ts": URLS,
    "inner/urls.ts": INNER,
    "settings.ts": settingsSource("DEBUG: true"),
  });
  return await devserver(["routes", ...args], folder.path).finish();
}

describe("devserver routes", () => {
  test("lists pattern, name, methods, view and place in the resolver's order, in columns", async () => {
    expect(await routes()).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `\
/                          home          any  home         urls.ts:5
/a/<slug:site>/new/        inner:new     any  slow         inner/urls.ts:4
/a/<slug:site>/<int:pk>/   inner:detail  any  slow         inner/urls.ts:5
/a/b/c/                    -             any  (anonymous)  urls.ts:7
`.replaceAll(/^(\S+) {2}/gm, "$1 "),
    });
  });

  test("--json prints the same for programs", async () => {
    const { stdout } = await routes("--json");

    expect(JSON.parse(stdout)[2]).toEqual({
      pattern: "/a/<slug:site>/<int:pk>/",
      name: "inner:detail",
      view: "slow",
      methods: null,
      location: "inner/urls.ts:5",
    });
  });

  test("--match says which pattern wins, with what, and which were tried before", async () => {
    const { exitCode, stdout } = await routes("--match", "/a/x-%79/12/?page=2");

    expect(exitCode).toBe(0);
    expect(stdout).toBe(`/a/x-y/12/ is answered by
  /a/<slug:site>/<int:pk>/  inner:detail  any  slow  inner/urls.ts:5
with { site: 'x-y', pk: 12 }

Tried before, in this order:
  /                    home       any  home  urls.ts:5
  /a/<slug:site>/new/  inner:new  any  slow  inner/urls.ts:4
`);
  });

  test("--match exits 1 when nothing matches, and knows APPEND_SLASH", async () => {
    const { exitCode, stdout } = await routes("--match", "a/b/c");

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^No URL pattern matches \/a\/b\/c\.\nAPPEND_SLASH redirects to \/a\/b\/c\/\.\n\nTried, in this order:\n {2}\/ /,
    );
    expect(stdout.split("\n")).toHaveLength(9);
  });

  test("--match --json gives the parameters as values", async () => {
    const { stdout } = await routes("--match", "/a/b/7/", "--json", "--method", "get");

    expect(JSON.parse(stdout)).toMatchObject({
      path: "/a/b/7/",
      method: "GET",
      match: { name: "inner:detail", params: { site: "b", pk: 7 } },
      redirectsTo: null,
      tried: [{ pattern: "/" }, { pattern: "/a/<slug:site>/new/", isOtherMethod: false }],
    });
  });

  test("refuses what is no path in one line", async () => {
    const { exitCode, stderr } = await routes("--match", "/%zz/");

    expect(exitCode).toBe(1);
    expect(stderr).toBe('Error: --match takes a path; found "/%zz/".\n');
  });
});
