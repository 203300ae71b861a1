/** `minorswing/urls`: routes, includes, resolving, reversing. */
export {
  type Converter,
  ConverterError,
  type Converters,
  registerConverter,
} from "./converters.ts";
export { type DeclaresMethods } from "./methods.ts";
export {
  include,
  Included,
  type IncludedURLConf,
  type IncludeOptions,
  path,
  type PatternOptions,
  rePath,
} from "./path.ts";
export { type URLEntry, URLInclude, URLPattern } from "./pattern.ts";
export { isValidPath, resolve, type ResolveOptions } from "./resolve.ts";
export { Resolver404, URLResolver } from "./resolver.ts";
export { ResolverMatch } from "./resolver-match.ts";
export { NoReverseMatch } from "./reverse-index.ts";
export { reverse, type ReverseOptions } from "./reverse.ts";
export { WrongMethod } from "./route-index.ts";
export { type Register, type RouteMap, type Routes } from "./route-names.ts";
export { type Params, type RegExpParams, type RegExpRoute, type View } from "./route-params.ts";
export { type ErrorHandler, type URLConf } from "./urlconf.ts";
