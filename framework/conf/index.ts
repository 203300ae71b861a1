/** `minorswing/conf`: settings, and what is built from them. */
export { defineSettings, type ProjectSettings, type SettingsInput } from "./define-settings.ts";
export { loadSettings, loadURLConf } from "./load.ts";
export {
  type Application,
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
  type TemplateSettings,
} from "./template-engine.ts";
export { type InstalledApp, installedApps } from "./apps.ts";
