/** `minorswing/urls`: routes, includes, reversing. */
export {
  type Converter,
  ConverterError,
  type Converters,
  registerConverter,
} from "./converters.ts";
export { include, Included, path } from "./path.ts";
export { type URLEntry, URLInclude, URLPattern } from "./pattern.ts";
export { Resolver404, type ResolverMatch, URLResolver } from "./resolver.ts";
export { NoReverseMatch } from "./reverse-index.ts";
export { reverse, type ReverseOptions } from "./reverse.ts";
export { type Register, type RouteMap, type Routes } from "./route-names.ts";
export { type Params, type RegExpParams, type RegExpRoute, type View } from "./route-params.ts";
