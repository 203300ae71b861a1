import { describe, expect, test } from "vitest";
import { ConverterError, registerConverter } from "../../../framework/urls/converters.ts";
import { walkInOrder } from "../../../framework/urls/linear-walk.ts";
import { include, path, rePath } from "../../../framework/urls/path.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";
import { RouteIndex, WrongMethod } from "../../../framework/urls/route-index.ts";
import type { View } from "../../../framework/urls/route-params.ts";
import { Random } from "../../support/random.ts";

declare module "../../../framework/urls/converters.ts" {
  interface Converters {
    even: number;
    shout: string;
    maybe: string;
    halves: string;
  }
}

registerConverter("even", {
  regex: "[0-9]{1,3}",
  toValue(text) {
    if (Number(text) % 2 === 1) throw new ConverterError("odd");
    return Number(text);
  },
  toUrl: String,
});
const asIs = { toValue: (text: string) => text, toUrl: String };
registerConverter("shout", { regex: "(?:a|ab|[a-c]{3})", ...asIs });
registerConverter("maybe", { regex: "[ab]*", ...asIs });
registerConverter("halves", { regex: "[a-z]+/[a-z]+", ...asIs });

/** Pieces of routes, few and alike, so that random routes get into each other's way. */
const PIECES = [
  "a",
  "b",
  "ab",
  "a/",
  "b/",
  "a/b/",
  "/",
  "1",
  "12/",
  "-",
  ".x",
  "é/",
  "<int:A>",
  "<A>",
  "<slug:A>",
  "<path:A>",
  "<even:A>",
  "<shout:A>",
  "<maybe:A>",
  "<halves:A>",
  "<int:A>/",
  "<A>/",
  "<slug:A>/",
  "<path:A>/",
  "<even:A>/",
  "<shout:A>/",
  "<maybe:A>/",
  "<uuid:A>/",
  "{a}",
  "{/b}",
  "{/<int:A>}",
  "{<A>/}b",
  "<int:A>-<slug:B>/",
  "<A>.x",
] as const;

const EXPRESSIONS = [
  "^a/$",
  "^a/",
  "a",
  "b/$",
  "^$",
  "",
  "^(?<A>[0-9]+)/$",
  "^(?<A>[0-9]+)/",
  "^([ab])/?$",
  "^a/(?<A>.*)$",
  "^a(?:/|$)",
  "^a|b/$",
  "^(?:a|b)/",
  "^ab?/",
  "(?<A>b)?/$",
  "^a/b/",
  "^[ab]+/",
  "^a(?=/b)",
  String.raw`^\d+/`,
  String.raw`^a\/b\/$`,
  String.raw`^1\2?`,
  "^é/",
] as const;

const SEGMENTS = ["a", "b", "ab", "1", "12", "7", "abc", "a-b", "1-a", "a.x", "", "é", "bb", "aé"];
const UUID = "0f14d0ab-9605-4a62-a9e4-5ed26688389b";
const SEEDS = 1500;
const METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT"] as const;

class Site {
  readonly random: Random;
  #parameters = 0;
  #patterns = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  entries(depth: number): URLEntry[] {
    return Array.from({ length: 1 + this.random.below(depth === 0 ? 9 : 4) }, () =>
      this.#entry(depth),
    );
  }

  path(): string {
    const segments = Array.from({ length: this.random.below(5) }, () =>
      this.random.below(20) === 0 ? UUID : (SEGMENTS[this.random.below(SEGMENTS.length)] ?? ""),
    );
    return `/${segments.join("/")}${this.random.below(2) === 0 ? "/" : ""}`;
  }

  #entry(depth: number): URLEntry {
    const isInclude = depth < 3 && this.random.below(3) === 0;
    const kwargs = this.random.below(6) === 0 ? { kwargs: { p1: "extra", x: depth } } : {};
    const methods =
      this.random.below(5) === 0 ? { methods: [this.random.pick(METHODS), "GET"] } : {};
    const isExpression = this.random.below(5) === 0;
    if (isInclude) {
      const included = include(this.entries(depth + 1));
      return isExpression
        ? rePath(this.#expression(), included, kwargs)
        : path(this.#route(), included, kwargs);
    }
    const options = { ...kwargs, ...methods, name: `pattern ${this.#patterns++}` };
    const view: View = () => null;
    if (!isExpression) return path(this.#route(), view, options);
    const expression = this.#expression();
    return typeof expression === "string"
      ? rePath(expression, view, options)
      : rePath(expression, view, options);
  }

  #route(): string {
    const pieces = Array.from({ length: this.random.below(4) }, () => this.random.pick(PIECES));
    // Two parameters without text between them are refused in optional groups only; "**" never comes about.
    return this.#named(pieces.join(""));
  }

  #expression(): RegExp | string {
    const source = this.#named(this.random.pick(EXPRESSIONS));
    return this.random.below(4) === 0 ? new RegExp(source, "i") : source;
  }

  /** Every letter that stands for a name gets one; some come twice, at different levels. */
  #named(route: string): string {
    const used = new Set<string>();
    return route.replaceAll(/(?<=[<:])[AB](?=>)/g, () => {
      let name = "";
      do name = `p${this.#parameters++ % 7}`;
      while (used.has(name));
      used.add(name);
      return name;
    });
  }
}

/** What a path leads to: in the order of the lists, one entry after another. */
function byWalking(entries: readonly URLEntry[], url: string, method?: string): unknown {
  const { found } = walkInOrder(entries, url, method);
  return found && [found.chain.pattern.name, found.params];
}

function byIndex(index: RouteIndex, url: string, method?: string): unknown {
  const found = index.find(url, method);
  if (found === undefined || found instanceof WrongMethod) return undefined;
  return [found.pattern.name, found.params];
}

function makeSite(site: Site): readonly URLEntry[] {
  for (;;) {
    try {
      return site.entries(0);
    } catch (error) {
      // Random pieces may make a route that path-to-regexp refuses.
      if (!String(error).includes("cannot be parsed")) throw error;
    }
  }
}

describe("the index of routes", () => {
  test("finds what trying one pattern after another finds, whatever the patterns", () => {
    let matches = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const site = new Site(seed);
      const entries = makeSite(site);
      const index = new RouteIndex(entries);
      for (let round = 0; round < 25; round++) {
        const url = site.path();
        const method = round % 3 === 0 ? site.random.pick(METHODS) : undefined;
        const expected = byWalking(entries, url, method);

        const actual = byIndex(index, url, method);

        if (expected !== undefined) matches++;
        expect(actual, `seed ${seed}, ${method} ${url}`).toEqual(expected);
      }
    }
    expect(matches).toBeGreaterThan(9000);
  });

  test("tells a wrong method from an unknown path, as trying one pattern after another does", () => {
    let wrong = 0;
    for (let seed = 0; seed < SEEDS / 3; seed++) {
      const site = new Site(seed);
      const entries = makeSite(site);
      const index = new RouteIndex(entries);
      for (let round = 0; round < 20; round++) {
        const url = site.path();
        const isKnown = walkInOrder(entries, url).found !== undefined;
        const isTaken = walkInOrder(entries, url, "DELETE").found !== undefined;

        const found = index.find(url, "DELETE");

        if (found instanceof WrongMethod) wrong++;
        expect(found instanceof WrongMethod, `seed ${seed}, ${url}`).toBe(isKnown && !isTaken);
      }
    }
    expect(wrong).toBeGreaterThan(100);
  });
});
