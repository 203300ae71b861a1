/**
 * Every router that is compared: made for a site, then asked for paths. All get the same routes in the same order.
 */
import { Router } from "express";
import findMyWay from "find-my-way";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { include, path, type URLEntry, URLResolver } from "minorswing/urls";
import { djangoRouter } from "./django.ts";
import type { Site } from "./sites.ts";

/** Resolves one path; what it returns is looked at only to see that something was found. */
export type Resolve = (path: string) => unknown;

export interface Contender {
  readonly name: string;
  /** Throws when the router cannot hold such a site. */
  make(site: Site): Resolve;
  /** It tries one pattern after another: fewer rounds are enough. */
  readonly isLinear?: boolean;
}

const view = (): void => undefined;

function minorswing(site: Site): Resolve {
  const entries = site.groups.flatMap(({ prefix, routes }): readonly URLEntry[] => {
    const patterns = routes.map(({ django }) => path(django, view));
    return prefix === "" ? patterns : [path(prefix, include(patterns))];
  });
  const resolver = new URLResolver(entries);
  return (url) => resolver.resolveRequest(url, "GET");
}

function withFindMyWay(site: Site): Resolve {
  const router = findMyWay();
  for (const { prefix, routes } of site.groups)
    for (const { checked } of routes) router.on("GET", `/${prefix}${checked}`, view);
  return (url) => router.find("GET", url);
}

type HonoRouter = Pick<TrieRouter<unknown>, "add" | "match">;

function hono(router: HonoRouter): (site: Site) => Resolve {
  return (site) => {
    for (const url of colonPaths(site)) router.add("GET", url, view);
    return (url) => {
      const [handlers] = router.match("GET", url);
      return handlers.length > 0 ? handlers : undefined;
    };
  };
}

/** It may answer later: past a hundred patterns without a match it lets other work go first. */
function express(site: Site): Resolve {
  const root = Router({ strict: true });
  let found: unknown;
  for (const { prefix, routes } of site.groups) {
    const router = prefix === "" ? root : Router({ strict: true });
    // Express has no expressions in its routes any more: it takes what stands between two slashes.
    for (const { colon } of routes)
      router.get(`/${colon.replaceAll(/\{[^}]*\}/g, "")}`, (request) => {
        found = request.params;
      });
    if (router !== root) root.use(`/${prefix}`, router);
  }
  return (url) => {
    found = undefined;
    root.handle({ method: "GET", url }, {}, () => undefined);
    return found ?? later(() => found);
  };
}

async function later(found: () => unknown): Promise<unknown> {
  while (found() === undefined) await new Promise((resolve) => void setImmediate(resolve));
  return found();
}

function colonPaths(site: Site): string[] {
  return site.groups.flatMap(({ prefix, routes }) =>
    routes.map(({ colon }) => `/${prefix}${colon}`),
  );
}

export const CONTENDERS: readonly Contender[] = [
  { name: "minorswing", make: minorswing },
  { name: "find-my-way", make: withFindMyWay },
  { name: "Hono RegExpRouter", make: (site) => hono(new RegExpRouter())(site) },
  { name: "Hono TrieRouter", make: (site) => hono(new TrieRouter())(site) },
  {
    name: "Hono SmartRouter",
    make: (site) =>
      hono(new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] }))(site),
  },
  { name: "Express", make: express, isLinear: true },
  { name: "Django's algorithm", make: (site) => djangoRouter(site), isLinear: true },
];
