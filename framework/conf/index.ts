/** `minorswing/conf`: settings, and what is built from them. */
export { defineSettings, type ProjectSettings, type SettingsInput } from "./define-settings.ts";
export { loadSettings, loadURLConf, loadURLConfModule } from "./load.ts";
export {
  type MessageStorage,
  type MessageStorageClass,
  type MessageStorageSettings,
} from "./message-storage.ts";
export {
  type SessionEngine,
  type SessionEngineSettings,
  type SessionStore,
  type StoredSession,
} from "./session-engine.ts";
export {
  type Application,
  type ErrorHandler,
  type GetResponse,
  type Middleware,
  type MiddlewareClass,
  type MiddlewareFactory,
  type MiddlewareHooks,
  type MiddlewareInstance,
  type Settings,
  type URLConf,
} from "./settings.ts";
export {
  type ContextProcessor,
  type TemplateContext,
  type TemplateEngine,
  type TemplateFilter,
  type TemplateOptions,
  type TemplateSettings,
} from "./template-engine.ts";
export { type InstalledApp, installedApps } from "./apps.ts";
export { applicationLogger, requestLogger } from "./loggers.ts";
export { type LoggingOptions, type LogThreshold } from "./sections/logging.ts";
export { getLogger, type Logger, type LogLevel } from "../utils/logger.ts";
export { type ObjectFirstLogger } from "../utils/log-sinks.ts";
export {
  type FinderSettings,
  type FoundStaticFile,
  type StaticFilesDir,
  type StaticFilesFinder,
  type StaticFilesFinderClass,
} from "./sections/static-files.ts";
