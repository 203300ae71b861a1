/** `minorswing/staticfiles`: finding, serving and naming static files. */
export { AppDirectoriesFinder, FileSystemFinder, find, searchedLocations } from "./finders.ts";
export {
  createStaticFilesMiddleware,
  staticFilesMiddleware,
  type StaticFilesMiddlewareOptions,
  withStaticFiles,
} from "./middleware.ts";
export { serve, type ServeParams } from "./serve.ts";
export { staticPatterns, type StaticPatternsOptions } from "./static-patterns.ts";
export {
  MissingManifestEntry,
  staticUrl,
  StaticUrls,
  staticUrls,
  type StaticUrlSettings,
} from "./static-url.ts";
export { type Collected, type CollectOptions, collectStatic } from "./collect.ts";
export { MissingFileError } from "./hash-files.ts";
export { CollectError } from "./static-root.ts";
