/** `minorswing/conf`: settings, and what is built from them. */
export { type Application, type GetResponse, type Middleware } from "./application.ts";
export { defineSettings, type ProjectSettings, type SettingsInput } from "./define-settings.ts";
export { loadSettings, loadURLConf } from "./load.ts";
export { type Settings, type URLConf } from "./settings.ts";
export {
  type ContextProcessor,
  type TemplateContext,
  type TemplateEngine,
  type TemplateFilter,
  type TemplateSettings,
} from "./template-engine.ts";
