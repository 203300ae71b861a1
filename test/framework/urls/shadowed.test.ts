import { describe, expect, test } from "vitest";
import { type Converters, registerConverter } from "../../../framework/urls/converters.ts";
import { chainsOf } from "../../../framework/urls/chain.ts";
import { include, path } from "../../../framework/urls/path.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";
import { Resolver404, URLResolver } from "../../../framework/urls/resolver.ts";
import { findShadowed } from "../../../framework/urls/shadowed.ts";
import { Random } from "../../support/random.ts";

const view = (): null => null;
registerConverter("loose" as keyof Converters, {
  regex: ".*",
  toValue: (text: string) => text as never,
  toUrl: String,
});

/** Which of the routes, each a pattern of its own, are found to be hidden. */
function hiddenOf(...routes: readonly string[]): string[] {
  return findShadowed(chainsOf(routes.map((route) => path(route, view)))).map(
    ({ hidden, by }) => `${hidden.pattern.route} by ${by.pattern.route}`,
  );
}

describe("a pattern is hidden", () => {
  test.each([
    ["a/", "a/"],
    ["", ""],
    ["<int:x>/", "<int:y>/"],
    ["<x>/", "<int:y>/"],
    ["<x>/", "new/"],
    ["<x>/", "a-<int:y>/"],
    ["<slug:x>/", "new-one/"],
    ["<slug:x>/", "<uuid:y>/"],
    ["<int:x>/", "2003/"],
    ["<path:x>", "a"],
    ["<path:x>", "<loose:y>/"],
    ["files/<path:x>", "files/a/b/"],
    ["files/<path:x>", "files/<path:y>"],
    ["files/<path:x>", "files/<path:y>/edit/"],
    ["<x>/edit/", "a/edit/"],
    ["<x>/<y>/", "a/<int:y>/"],
    ["<slug:x>-<int:y>/", "<slug:a>-<int:b>/"],
    ["<loose:x>/", "<loose:y>/"],
    ["a{/b}/", "a/b/"],
    ["<x>{/<y>}/", "a{/<int:y>}/"],
    [":x/", "new/"],
    ["*x", "new/"],
  ])("when %s stands above %s", (first, second) => {
    expect(hiddenOf(first, second)).toHaveLength(1);
  });
});

describe("a pattern is not hidden", () => {
  test.each([
    ["a/", "b/"],
    ["a/", "a"],
    ["<int:x>/", "<y>/"],
    ["<int:x>/", "new/"],
    ["<int:x>/", "99999999999999999999/"],
    ["<uuid:x>/", "<slug:y>/"],
    ["<slug:x>/", "a.b/"],
    ["<x>/", "/"],
    ["<x>/", "<path:y>/"],
    ["<x>/", "<loose:y>/"],
    ["<x>/", "a/b/"],
    ["files/<path:x>", "files/"],
    ["files/<path:x>", "files/<loose:y>"],
    ["<path:x>/edit/", "a/edit/"],
    ["<slug:x>-<int:y>/", "a-1/"],
    ["a{/b}/", "a{/c}/"],
    ["a/b/", "a{/b}/"],
    ["{<int:n>-}<x>/", "<y>/"],
    ["<loose:x>/a", "<loose:y>/b"],
  ])("when %s stands above %s", (first, second) => {
    expect(hiddenOf(first, second)).toEqual([]);
  });
});

describe("through includes", () => {
  test("levels are compared joined, and siblings below anything that is the same", () => {
    const entries = [
      path("a/", include([path("<x>/", view), path("<int:y>/", view)])),
      path("a/b/", view),
      path("<path:p>/", include([path("x/", view), path("x/", view)])),
      path("a", include([path("/c/", view)])),
    ];

    const hidden = findShadowed(chainsOf(entries)).map(({ hidden: chain }) => chain.pattern.route);

    expect(hidden).toEqual(["<int:y>/", "a/b/", "x/", "/c/"]);
  });

  test("an include that takes more than its pattern leaves is not trusted", () => {
    const entries = [
      path("<slug:a>", include([path("-new/", view)])),
      path("b-new/", view),
      path("<slug:a>", include([path("-new/", view)])),
    ];

    expect(findShadowed(chainsOf(entries))).toEqual([]);
  });
});

test("methods are considered, where patterns have some", () => {
  const withMethods = (route: string, methods?: readonly string[]): URLEntry =>
    path(route, view, methods === undefined ? {} : { methods });
  const hidden = (first?: readonly string[], second?: readonly string[]): boolean =>
    findShadowed(chainsOf([withMethods("a/", first), withMethods("a/", second)])).length === 1;

  expect(hidden(undefined, ["GET"])).toBe(true);
  expect(hidden(["GET", "POST"], ["POST"])).toBe(true);
  expect(hidden(["GET"], ["HEAD"])).toBe(true);
  expect(hidden(["GET"], undefined)).toBe(false);
  expect(hidden(["GET"], ["POST"])).toBe(false);
  expect(hidden(["GET"], ["GET", "POST"])).toBe(false);
});

const PARTS: readonly [string, ...string[]] = [
  "a",
  "1",
  "-",
  "/",
  "/",
  "/",
  "<x>",
  "<int:x>",
  "<slug:x>",
  "<path:x>",
  "{a}",
  "{<int:x>}",
  "{/<x>}",
];
const TEXTS: readonly [string, ...string[]] = [
  "a",
  "1",
  "-",
  "/",
  "/",
  "a1",
  ".",
  "99999999999999999999",
];

/** A route in which no parameter has the name of another. */
function randomRoute(random: Random): string {
  let count = 0;
  const parts = Array.from({ length: random.below(6) }, () => random.pick(PARTS));
  return parts.join("").replaceAll("x>", () => `x${count++}>`);
}

function randomEntries(random: Random, depth: number): URLEntry[] {
  return Array.from({ length: 1 + random.below(4) }, () => {
    const route = randomRoute(random);
    return depth > 0 && random.below(3) === 0
      ? path(route, include(randomEntries(random, depth - 1)))
      : path(route, view);
  });
}

test("no path reaches what is reported, in 3,000 random sites", () => {
  const random = new Random(5);
  const reached: string[] = [];
  let found = 0;

  for (let site = 0; site < 3000; site++) {
    const resolver = new URLResolver(randomEntries(random, 2));
    const shadowed = findShadowed(chainsOf(resolver.urlpatterns));
    found += shadowed.length;
    if (shadowed.length === 0) continue;
    for (let request = 0; request < 200; request++) {
      const target = `/${Array.from({ length: random.below(8) }, () => random.pick(TEXTS)).join("")}`;
      const match = resolve(resolver, target);
      const wrong = shadowed.find(({ hidden }) => hidden.pattern === match);
      if (wrong !== undefined)
        reached.push(
          `${target} reaches ${wrong.hidden.pattern.route}, hidden by ${wrong.by.pattern.route}`,
        );
    }
  }

  expect(reached).toEqual([]);
  expect(found).toBeGreaterThan(300);
});

function resolve(resolver: URLResolver, target: string): unknown {
  try {
    return resolver.resolve(target).pattern;
  } catch (error) {
    if (error instanceof Resolver404) return undefined;
    throw error;
  }
}

test("10,000 patterns are compared without trying every pair", () => {
  const entries = Array.from({ length: 10_000 }, (_, index) =>
    path(`area${index % 100}/page${index}/<int:pk>/`, view),
  );

  expect(findShadowed(chainsOf([...entries, path("area7/page7/12/", view)]))).toHaveLength(1);
});
