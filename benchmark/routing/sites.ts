/**
 * The sites that routers are compared on: how many patterns, how they nest, what the last of them looks like.
 */
export interface Site {
  readonly name: string;
  readonly size: number;
  /** One list for each include; a flat site has one, without a prefix. */
  readonly groups: readonly Group[];
  /** Paths that the last pattern matches: `turn` makes them differ where there are parameters. */
  lastPath(turn: number): string;
}

export interface Group {
  /** `"section7/"`, or `""`. */
  readonly prefix: string;
  readonly routes: readonly Route[];
}

/** The same route in three notations, without its first slash. */
export interface Route {
  readonly django: string;
  /** `/:id/:title/`: Hono and Express, and find-my-way. */
  readonly colon: string;
  /** With expressions, where the others have converters. */
  readonly checked: string;
}

export const SIZES = [10, 100, 1000, 10_000] as const;

export type Kind = "static routes" | "two parameters" | "two parameters, int and slug";

/** What follows the text of each route. */
interface Tail extends Route {
  path(turn: number): string;
}

const parameters = (turn: number): string => `${1000 + turn}/some-title-${turn % 97}/`;

const KINDS: Record<Kind, Tail> = {
  "static routes": { django: "", colon: "", checked: "", path: () => "" },
  "two parameters": {
    django: "<str:id>/<str:title>/",
    colon: ":id/:title/",
    checked: ":id/:title/",
    path: parameters,
  },
  "two parameters, int and slug": {
    django: "<int:id>/<slug:title>/",
    colon: ":id{[0-9]+}/:title{[-a-zA-Z0-9_]+}/",
    checked: ":id(^[0-9]+$)/:title(^[-a-zA-Z0-9_]+$)/",
    path: parameters,
  },
};

export const KIND_NAMES: readonly Kind[] = [
  "static routes",
  "two parameters",
  "two parameters, int and slug",
];

export function makeSite(kind: Kind, shape: "flat" | "nested", size: number): Site {
  const tail = KINDS[kind];
  const perGroup = shape === "flat" ? size : Math.round(Math.sqrt(size));
  const groups = Array.from({ length: Math.ceil(size / perGroup) }, (_, group) => ({
    prefix: shape === "flat" ? "" : `section${group}/`,
    routes: Array.from({ length: Math.min(perGroup, size - group * perGroup) }, (_, index) => {
      const text = `page${group * perGroup + index}/`;
      return {
        django: text + tail.django,
        colon: text + tail.colon,
        checked: text + tail.checked,
      };
    }),
  }));
  const prefix = groups.at(-1)?.prefix ?? "";
  return {
    name: `${kind}, ${shape}`,
    size,
    groups,
    lastPath: (turn) => `/${prefix}page${size - 1}/${tail.path(turn)}`,
  };
}
