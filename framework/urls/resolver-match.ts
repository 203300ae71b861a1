/**
 * What resolving a path gives.
 *
 * Layer 3 (urls). Pure. Source: Django urls/resolvers.py (`ResolverMatch`).
 * Differs from Django: there are no positional arguments; `capturedParams` has what all levels captured.
 */
import { inspectAs } from "../utils/inspect-as.ts";
import type { Chain } from "./chain.ts";
import { walkInOrder } from "./linear-walk.ts";
import type { URLEntry, URLPattern } from "./pattern.ts";
import { NO_PARAMS, type ParamValues } from "./route-matcher.ts";
import type { View } from "./route-params.ts";

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** Which pattern matched; `undefined` until the path is resolved. */
    resolverMatch: ResolverMatch | undefined;
  }
}

/** Which pattern matched, and with what. */
export class ResolverMatch {
  static {
    inspectAs<ResolverMatch>(this, describe);
  }

  /** What the view is called with: captured values, and the extra ones of the pattern and the includes above it. */
  readonly params: ParamValues;
  readonly #chain: Chain;
  readonly #entries: readonly URLEntry[];
  readonly #path: string;
  readonly #method: string | undefined;

  constructor(
    chain: Chain,
    params: ParamValues,
    entries: readonly URLEntry[],
    path: string,
    method: string | undefined,
  ) {
    this.params = params;
    this.#chain = chain;
    this.#entries = entries;
    this.#path = path;
    this.#method = method;
  }

  get pattern(): URLPattern {
    return this.#chain.pattern;
  }

  get view(): View {
    return this.pattern.view;
  }

  /** The view, under Django's name. */
  get func(): View {
    return this.view;
  }

  get urlName(): string | undefined {
    return this.pattern.name;
  }

  /** The routes of all levels, joined. */
  get route(): string {
    return this.#chain.route;
  }

  /** What the path said. Where there are extra values too, it is read again when asked for. */
  get capturedParams(): ParamValues {
    if (this.#chain.extra === NO_PARAMS) return this.params;
    return this.#chain.match(this.#path)?.captured ?? NO_PARAMS;
  }

  /** The extra values of all levels. */
  get extraParams(): ParamValues {
    return this.#chain.extra;
  }

  /** From the outermost include in; includes without one are left out. */
  get appNames(): readonly string[] {
    return this.#chain.appNames;
  }

  get appName(): string {
    return this.appNames.join(":");
  }

  get namespaces(): readonly string[] {
    return this.#chain.namespaces;
  }

  /** `"shop:cart"`; `""` outside of all namespaces. */
  get namespace(): string {
    return this.#chain.namespace;
  }

  /** `"polls:detail"`; a pattern without a name has the name of its view. */
  get viewName(): string {
    return [...this.namespaces, this.urlName ?? this.view.name].join(":");
  }

  /** Each chain of entries that was tried, in order; the last is the one that matched. Found out when asked for. */
  get tried(): readonly (readonly URLEntry[])[] {
    return walkInOrder(this.#entries, this.#path, this.#method).tried;
  }
}

/** `<ResolverMatch: polls:detail, route 'polls/<int:pk>/', {"pk":3}>`. */
function describe({ viewName, route, params }: ResolverMatch): string {
  return `<ResolverMatch: ${viewName}, route '${route}', ${JSON.stringify(params)}>`;
}
