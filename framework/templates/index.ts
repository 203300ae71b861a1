/** `minorswing/templates`: the template engine, its errors, tags of one's own, and responses that render later. */
export { type EngineSettings, Templates } from "./engine.ts";
export type {
  ContextProcessor,
  TagContext,
  TagFunction,
  Template,
  TemplateContext,
  TemplateFilter,
  TemplateTag,
  TemplateTest,
} from "../conf/template-engine.ts";
export {
  type SourceLine,
  type TemplateCaller,
  TemplateDoesNotExist,
  TemplateError,
  type TemplateLocation,
  TemplateSyntaxError,
  VariableDoesNotExist,
} from "./errors.ts";
export { inspectTemplates, type TemplateProblem } from "./inspect.ts";
export {
  ContentNotRenderedError,
  type PostRenderCallback,
  SimpleTemplateResponse,
  type TemplateChoice,
  TemplateResponse,
} from "./response.ts";
export { inclusionTag, simpleBlockTag, simpleTag } from "./tag-kinds.ts";
export { conditionalEscape, formatHtml, markSafe, SafeString } from "../utils/safe-string.ts";
